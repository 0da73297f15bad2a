/** What the state looks like. An element stays as long as what it shows, so that the focus does, too. */
import { copy, find, showErrors, taskForm } from "./form.js";
import { enqueue } from "./queue.js";
import { difference, edit, same, work, type Draft, type Refused } from "./store.js";
import { isOverdue, next, rows, trouble, type Row } from "./tasks.js";

const items = new Map<string, HTMLElement>();
const undo = find("#undo", HTMLButtonElement);
export let unsent = 0;
let undone: () => void = () => {};
undo.addEventListener("click", () => undone());

export function render(): void {
  const [shown, { refused, writes }] = [rows(), work()];
  unsent = writes.length;
  arrange(find("#list", HTMLElement), shown.map(({ key }) => [key, () => taskItem(key)]));
  shown.forEach((row) => fill(row));
  arrange(find("#refused", HTMLElement), refused.map((each) => [each.write.key, () => refusalItem(each)]));
  find("#empty", HTMLElement).hidden = shown.length > 0;
  find("#more", HTMLElement).hidden = next === null;
  const state = [navigator.onLine ? [] : "Offline", unsent > 0 ? `${unsent} not sent yet` : []];
  setText("#sync", trouble + state.flat().join(", "));
}

/** Puts one element for each key in order, and leaves those that are being edited, and the focus where it is. */
function arrange(parent: HTMLElement, wanted: [string, () => HTMLElement][]): void {
  const keys = new Set(wanted.map(([key]) => key));
  const focus = parent.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
  const here = Array.from(items).filter(([, item]) => item.parentElement === parent);
  const gone = here.filter(([key, item]) => !keys.has(key) && !item.matches("li:has(> form)"));
  gone.forEach(([key, item]) => (item.remove(), items.delete(key)));
  wanted.forEach(([key, make], at) => {
    const item = items.get(key) ?? make();
    items.set(key, item);
    if (parent.children[at] !== item) parent.insertBefore(item, parent.children[at] ?? null);
  });
  if (focus && document.activeElement !== focus) (focus.isConnected ? focus : parent).focus();
}

/** One sentence, for eyes and for screen readers, with a way back if there is one. */
export function say(sentence: string, back?: () => void): void {
  setText("#notice", sentence);
  undone = back ?? undone;
  undo.hidden = back === undefined;
}

/** Not where nothing changes: a screen reader would say it again. */
function setText(selector: string, text: string, within: ParentNode = document): HTMLElement {
  const element = find(selector, HTMLElement, within);
  if (element.textContent !== text) element.textContent = text;
  return element;
}

function taskItem(key: string): HTMLElement {
  const item = copy("task", HTMLLIElement);
  const on = (part: string, act: (row: Row) => void): void =>
    find(part, HTMLElement, item).addEventListener("click", () => rows().filter((row) => row.key === key).forEach(act));
  on(".done", (row) => change(row, { completed: !row.task.completed }));
  on(".edit", (row) => openEditor(item, row));
  on(".delete", remove);
  return item;
}

function change({ key, task }: Row, draft: Partial<Draft>): boolean {
  const fields = difference(task, draft);
  return Object.keys(fields).length === 0 || enqueue({ kind: "change", task: key, base: task, fields });
}

function remove({ key, task }: Row): void {
  const intent = { task: key, base: task, fields: {} };
  if (!enqueue({ ...intent, kind: "delete" })) return;
  say(`“${task.title}” is deleted.`, () => {
    if (enqueue({ ...intent, kind: "restore" })) say(`“${task.title}” is back.`);
    items.get(key)?.querySelector<HTMLElement>(".delete")?.focus();
  });
  undo.focus();
}

function openEditor(item: HTMLElement, row: Row): void {
  const task = find(".task", HTMLElement, item);
  const close = (): void => {
    form.remove();
    task.hidden = false;
    find(".edit", HTMLElement, item).focus();
    render();
  };
  const form = taskForm(row.task, (draft) => change(row, draft) && close(), close);
  task.hidden = find("details", HTMLDetailsElement, form).open = true;
  item.append(form);
  find("input", HTMLInputElement, form).focus();
}

function fill({ key, task, waiting }: Row): void {
  const item = items.get(key) ?? document.body;
  item.classList.toggle("completed", task.completed);
  find(".done", HTMLInputElement, item).checked = task.completed;
  setText(".title", task.title, item);
  setText(".notes", task.description ?? "", item);
  setText("time", dueText(task), item).classList.toggle("overdue", isOverdue(task));
  setText(".priority", task.priority === "none" ? "" : task.priority, item);
  setText(".repeats", task.recurrence === null ? "" : "Repeats", item);
  setText(".waiting", waiting ? "Not sent yet" : "", item);
  find(".edit", HTMLElement, item).ariaLabel = `Edit “${task.title}”`;
  find(".delete", HTMLElement, item).ariaLabel = `Delete “${task.title}”`;
  const tags = find(".tags", HTMLElement, item);
  const isSame = same(Array.from(tags.children, (tag) => tag.textContent), task.tags);
  if (!isSame) tags.replaceChildren(...task.tags.map(tagButton));
}
const tagButton = (tag: string): HTMLElement =>
  Object.assign(document.createElement("button"), { className: "tag", textContent: tag, title: "Show its tasks" });
function dueText(task: Row["task"]): string {
  if (task.due_date === null) return "";
  const when = new Date(`${task.due_date}T${task.due_time ?? "00:00"}`);
  const words = when.toLocaleString(undefined, { dateStyle: "medium", timeStyle: task.due_time ? "short" : undefined });
  return `${isOverdue(task) ? "Overdue:" : "Due"} ${words} ${task.due_time_zone ?? ""}`.trim();
}

/** What the server did not take: to be mended where its fields say why, else to be tried again; never lost. */
function refusalItem(refused: Refused): HTMLElement {
  const { write, status, detail, errors, current } = refused;
  const item = copy("refusal", HTMLElement);
  const drop = (): void => {
    edit((work) => (work.refused = work.refused.filter((each) => each.write.key !== write.key)));
    render();
  };
  // Over what the server has by now: the user has read what was in between.
  const again = (fields = write.fields): unknown =>
    enqueue({ ...write, base: current ?? write.base, fields }) && drop();
  const name = status === 422 ? "This" : `“${write.fields.title ?? write.base.title}”`;
  setText(".error", current ? detail : `${name} was not saved. ${detail}`, item);
  find(".discard", HTMLElement, item).addEventListener("click", drop);
  find(".again", HTMLElement, item).addEventListener("click", () => again());
  find(".again", HTMLElement, item).hidden = status === 404;
  if (status === 422) {
    const form = taskForm({ ...write.base, ...write.fields }, (draft) => again(difference(write.base, draft)), drop);
    find(".actions", HTMLElement, item).replaceWith(form);
    showErrors(form, errors, "");
  }
  return item;
}
