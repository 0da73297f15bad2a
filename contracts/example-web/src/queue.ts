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
export function enqueue(intent: Intent): boolean {
  const isKept = edit(({ writes }) => writes.push({ ...intent, key: newKey() }));
  changed();
  void flush();
  return isKept;
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
      else edit((work) => (work.writes = work.writes.filter(({ key }) => key !== write.key)));
      changed();
    }
  });
}

function later(seconds: number): void {
  timer = setTimeout(() => void flush(), Math.max(seconds, wait) * 1000);
  wait = Math.min(wait * 2, 60);
  changed();
}

/** What was done to a task that could not be created belongs to its draft; what is not deleted needs no restoring. */
function refuse(write: Write, { status, detail, errors, current }: Conflict): void {
  if (status === 404) remove(idOf(write));
  if (write.kind === "delete") notice("");
  edit((work) => {
    const rest = work.writes.filter(({ key }) => key !== write.key);
    const isPart = ({ task, kind }: Write): boolean =>
      task === write.task && (write.kind === "create" || (write.kind === "delete" && kind === "restore"));
    rest.filter(isPart).forEach(({ fields }) => Object.assign(write.fields, fields));
    work.writes = rest.filter((each) => !isPart(each));
    work.refused.push({ write, status, detail, errors, ...(current && { current }) });
  });
}

type Conflict = Refusal & { current?: Task };
const idOf = ({ task }: Write): number => work().ids[task] ?? Number(task);

async function send(write: Write): Promise<Conflict | undefined> {
  const user_id = "me";
  if (write.kind === "create") {
    const TaskCreate = { ...write.fields, title: write.fields.title ?? "" };
    const created = await tasksApi.createTask({ user_id, TaskCreate, Idempotency_Key: write.key });
    edit(({ ids }) => (ids[write.task] = created.id));
    return void put(created);
  }
  const task = { user_id, task_id: idOf(write) };
  if (Number.isNaN(task.task_id)) return undefined; // Its creation was refused, and holds what it was to be.
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
  const request = { ...task, If_Match: `"${current.version}"` };
  try {
    if (write.kind !== "delete") return void (await sendPatch(write, request, open, current));
    await tasksApi.deleteTask(request);
    return void remove(task.task_id);
  } catch (error) {
    const { status } = await refusal(error);
    // It may have been this very request that deleted or changed it, when its answer was lost.
    if (status === 404 && write.kind === "delete") return void remove(task.task_id);
    if (status !== 412) throw error;
    const others = difference(put(await tasksApi.getTask(task)), { ...current, ...write.fields });
    const no = await sendOver(write, task);
    if (!no && Object.keys(others).length > 0 && write.kind === "change")
      notice(`“${current.title}” was changed elsewhere, too. Both changes are kept.`);
    return no;
  }
}

async function sendPatch(write: Write, request: Request, open: Partial<Draft>, current: Task): Promise<void> {
  const TaskPatch = { ...open, ...(open.due_time === null && { due_time_zone: null }) };
  const isDone = Object.keys(open).length === 0;
  const { next_occurrence_id } = isDone ? current : put(await tasksApi.updateTask({ ...request, TaskPatch }));
  if (write.fields.completed && next_occurrence_id !== null) void load();
}

function conflict(write: Write, current: Task, field: keyof Draft, wanted: unknown): Conflict {
  const words = (value: unknown): string =>
    value === true ? "done" : value === false ? "open" : [value].flat().join(", ") || "none";
  const [is, was] = field === "tags" ? ["are", "were"] : ["is", "was"];
  const name = field === "completed" ? "state" : field.replace("_", " ");
  const now = `its ${name} ${is} now “${words(current[field])}”`;
  const not = write.kind === "delete" ? "it was not deleted" : `yours, “${words(wanted)}”, ${was} not saved`;
  const detail = `“${current.title}” was changed elsewhere: ${now}, so ${not}.`;
  return { status: 412, detail, errors: [], later: false, waitSeconds: 0, current };
}
