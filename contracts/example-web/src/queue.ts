/** Sends what the user did: in order, one at a time, as soon as there is a connection. */
import { refusal, tasksApi, trashApi, type Refusal } from "./api.js";
import type { DeleteTaskRequest as Request, Task } from "./client/index.js";
import { alone, user } from "./session.js";
import { changed, difference, edit, FIELDS, notice, put, remove, same, tasks, work } from "./store.js";
import type { Draft, Intent, Write } from "./store.js";
import { load } from "./tasks.js";

let wait = 1;
let timer: number | undefined;

/** Makes the key now: however often the request is sent, it is done once. */
export function enqueue(intent: Intent): void {
  edit(({ writes }) => writes.push({ ...intent, key: newKey() }));
  changed();
  void flush();
}

/** Not crypto.randomUUID, which plain http has on localhost only. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function flush(): Promise<void> {
  clearTimeout(timer);
  await alone("todo.queue", async () => {
    for (let write = work().writes[0]; write && user(); write = work().writes[0]) {
      const no = await send(write).catch(refusal);
      if (no?.later) return later(no.waitSeconds);
      wait = 1;
      if (no) refuse(write, no);
      else edit(({ writes }) => writes.shift());
      changed();
    }
  });
}

function later(seconds: number): void {
  timer = setTimeout(() => void flush(), Math.max(seconds, wait) * 1000);
  wait = Math.min(wait * 2, 60);
  changed();
}

/** What was done to a task that could not be created belongs to its draft. */
function refuse(write: Write, { status, detail, errors, current }: Conflict): void {
  edit((work) => {
    const rest = work.writes.slice(1);
    const isPart = ({ task }: Write): boolean => write.kind === "create" && task === write.task;
    rest.filter(isPart).forEach(({ fields }) => Object.assign(write.fields, fields));
    work.writes = rest.filter((each) => !isPart(each));
    work.refused.push({ write, status, detail, errors, ...(current && { current }) });
  });
}

type Conflict = Refusal & { current?: Task };

async function send(write: Write): Promise<Conflict | undefined> {
  const user_id = "me";
  if (write.kind === "create") {
    const TaskCreate = { ...write.fields, title: write.fields.title ?? "" };
    const created = await tasksApi.createTask({ user_id, TaskCreate, Idempotency_Key: write.key });
    edit(({ ids }) => (ids[write.task] = created.id));
    return void put(created);
  }
  const task = { user_id, task_id: work().ids[write.task] ?? Number(write.task) };
  if (write.kind !== "restore") return sendOver(write, task);
  return void put(await trashApi.restoreTask({ ...task, Idempotency_Key: write.key }));
}

/** After a 412, reads the task and goes on, unless the user and another made one field two things. */
async function sendOver(write: Write, task: Request): Promise<Conflict | undefined> {
  const current = tasks.find(({ id }) => id === task.task_id) ?? write.base;
  const wanted = write.kind === "delete" ? write.base : write.fields;
  const open = difference(current, wanted);
  const clash = FIELDS.find((field) => field in open && !same(write.base[field], current[field]));
  if (clash) return conflict(write, current, clash, wanted[clash]);
  try {
    return await sendIfMatch(write, { ...task, If_Match: `"${current.version}"` }, open);
  } catch (error) {
    if ((await refusal(error)).status !== 412) throw error;
    put(await tasksApi.getTask(task));
    const no = await sendOver(write, task);
    if (!no) notice(`“${current.title}” was changed elsewhere, too. Both changes are kept.`);
    return no;
  }
}

async function sendIfMatch({ kind }: Write, request: Request, TaskPatch: Partial<Draft>): Promise<undefined> {
  if (kind === "delete") {
    await tasksApi.deleteTask(request).catch(unlessGone);
    remove(request.task_id);
  } else if (Object.keys(TaskPatch).length > 0) {
    const { next_occurrence_id } = put(await tasksApi.updateTask({ ...request, TaskPatch }));
    if (TaskPatch.completed && next_occurrence_id !== null) void load();
  }
}

/** It may have been this very request that deleted it, when its answer was lost. */
async function unlessGone(error: unknown): Promise<void> {
  if ((await refusal(error)).status !== 404) throw error;
}

function conflict(write: Write, current: Task, field: keyof Draft, wanted: unknown): Conflict {
  const now = `its ${field.replace("_", " ")} is now “${current[field] ?? "none"}”`;
  const not = write.kind === "delete" ? "it was not deleted" : `yours, “${wanted ?? "none"}”, was not saved`;
  const detail = `“${current.title}” was changed elsewhere: ${now}, so ${not}.`;
  return { status: 412, detail, errors: [], later: false, waitSeconds: 0, current };
}
