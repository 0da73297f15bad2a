/** What this page knows: the tasks as the server last told them, and what the user did that it does not know yet. */
import type { Refusal } from "./api.js";
import type { Task } from "./client/index.js";
import { user } from "./session.js";

export const FIELDS = ["title", "description", "completed", "priority", "tags", "due_date", "due_time"] as const;
export type Draft = Pick<Task, (typeof FIELDS)[number]>;

/** What the user did: to the task as they saw it, and to which fields. One made here is named before it has an id. */
export type Intent = { kind: Kind; task: string; base: Task; fields: Partial<Draft> };
type Kind = "create" | "change" | "delete" | "restore";
export type Write = Intent & { key: string };
export type Refused = Pick<Refusal, "status" | "detail" | "errors"> & { write: Write; current?: Task };

/** All tabs of a user share it, and it outlives them. */
type Work = { writes: Write[]; refused: Refused[]; ids: Record<string, number>; last: Task[] };

export let tasks: Task[] = [];
/** Counts the writes that were answered: a list that was asked for before may be older. */
export let age = 0;
export const place = (): string => `todo.work.${user()?.id}`;

export function work(): Work {
  const nothing: Work = { writes: [], refused: [], ids: {}, last: [] };
  return JSON.parse(localStorage.getItem(place()) ?? "null") ?? nothing;
}

/** Reads, changes and writes in one go, for other tabs do the same. Without room, says so and changes nothing. */
export function edit(change: (work: Work) => void): boolean {
  const now = work();
  change(now);
  for (const kept of [now, { ...now, last: [] }]) {
    try {
      localStorage.setItem(place(), JSON.stringify(kept));
      return true;
    } catch {} // What the server has can go first.
  }
  return !notice("This browser has no room left to keep what you do. It was not saved.");
}

export function setTasks(wanted: Task[]): void {
  tasks = wanted;
  edit((work) => (work.last = tasks.slice(0, 200)));
}

export function put(task: Task): Task {
  age++;
  const isListed = tasks.some(({ id }) => id === task.id);
  setTasks(isListed ? tasks.map((each) => (each.id === task.id ? task : each)) : [task, ...tasks]);
  return task;
}

export function remove(id: number): void {
  age++;
  setTasks(tasks.filter((task) => task.id !== id));
}

export const changed = (): boolean => dispatchEvent(new Event("changed"));
export const notice = (sentence: string): boolean => dispatchEvent(new CustomEvent("notice", { detail: sentence }));
export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The fields of a draft that are not as the task has them. */
export function difference(task: Task, draft: Partial<Draft>): Partial<Draft> {
  const fields = FIELDS.filter((field) => field in draft && !same(draft[field], task[field]));
  return Object.fromEntries(fields.map((field) => [field, draft[field]]));
}
