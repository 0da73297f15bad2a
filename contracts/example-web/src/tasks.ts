/** The list on the screen: pages of the server's, with everything on top of them that has yet to be sent. */
import { refusal, tasksApi } from "./api.js";
import type { ListTasksRequest, Task } from "./client/index.js";
import { user } from "./session.js";
import { age, changed, setTasks, tasks, work, type Draft, type Write } from "./store.js";

export type Row = { key: string; task: Task; waiting: boolean };

const [PAGE, MOST] = [20, 200];
export let next: string | null = null;
export let trouble = ""; // Why the list may be older than it could be.
let filter: Partial<ListTasksRequest> = {};
let question = 0;

export const show = (wanted: Partial<ListTasksRequest>): Promise<void> => ((filter = wanted), load());
export const load = (): Promise<void> => ask({ limit: Math.min(Math.max(tasks.length, PAGE), MOST) });
export const more = (): Promise<void> => ask({ limit: PAGE, cursor: next ?? undefined });

async function ask(page: { limit: number; cursor?: string | undefined }): Promise<void> {
  const [mine, known] = [++question, age];
  try {
    const { items, next_cursor } = await tasksApi.listTasks({ user_id: "me", ...filter, ...page });
    if (mine !== question) return; // Another filter was chosen in the meantime.
    if (known !== age) return await ask(page);
    const ids = new Set(items.map(({ id }) => id));
    setTasks(page.cursor === undefined ? items : tasks.filter(({ id }) => !ids.has(id)).concat(items));
    [next, trouble] = [next_cursor, ""];
  } catch (error) {
    const { later, waitSeconds, detail } = await refusal(error);
    const again = (): unknown => mine === question && user() && ask(page);
    if (later && navigator.onLine) setTimeout(again, Math.max(waitSeconds, 5) * 1000);
    if (mine === question) trouble = user() ? `${detail} These are the tasks as they were last seen. ` : "";
  }
  changed();
}

export function rows(): Row[] {
  const { writes, ids } = work();
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  const known = tasks.map((task): Row => ({ key: names.get(task.id) ?? String(task.id), task, waiting: false }));
  return writes.reduce(applied, known);
}

function applied(rows: Row[], write: Write): Row[] {
  const row = { key: write.task, task: write.base, waiting: true };
  const others = rows.filter(({ key }) => key !== write.task);
  if (write.kind === "delete") return others;
  if (write.kind !== "change") return [{ ...row, task: edited(write.base, write.fields) }, ...others];
  return rows.map((each) => (each.key === row.key ? { ...row, task: edited(each.task, write.fields) } : each));
}

function edited(task: Task, fields: Partial<Draft>): Task {
  // When it is due now, the server has yet to say.
  return { ...task, ...fields, due_at: "due_date" in fields || "due_time" in fields ? null : task.due_at };
}

/** What a task is before anybody has said anything about it. */
export const NEW: Task = {
  ...{ id: 0, user_id: "me", version: 0, created_at: "", updated_at: "", title: "", description: null, tags: [] },
  ...{ priority: "none", completed: false, completed_at: null, reminders: [], recurrence: null, due_at: null },
  ...{ recurrence_mode: "fixed", due_date: null, due_time: null, due_time_zone: null, series_id: null },
  next_occurrence_id: null,
};

export function isOverdue({ completed, due_at, due_date, due_time }: Task): boolean {
  if (completed || due_date === null) return false;
  return new Date(due_at ?? `${due_date}T${due_time ?? "23:59:59"}`) < new Date();
}
