/** Forms: what is in their fields, and what is wrong with it, beside the field that it is about. */
import type { InputError, TaskPriority } from "./client/index.js";
import type { Draft } from "./store.js";

let described = 0;

/** An element that the page has, of the kind that it has. */
export function find<T extends Element>(selector: string, kind: new () => T, within: ParentNode = document): T {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The page has no ${selector}`);
  return found;
}

export function copy<T extends Element>(template: string, kind: new () => T): T {
  return find("*", kind, document.importNode(find(`template#${template}`, HTMLTemplateElement).content, true));
}
export const text = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? "").trim();

export function onSubmit(form: HTMLFormElement, submit: (button: HTMLElement | null) => void): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(event.submitter);
  });
}

/** Marks the fields, says what is about none of them, and goes to the first field if the user is waiting for it. */
export function showErrors(form: HTMLFormElement, errors: InputError[], detail: string, isAsked = false): void {
  form.querySelectorAll(".field .error").forEach((error) => error.remove());
  form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  const others = errors.filter((error) => !mark(form, error));
  const words = others.map(({ pointer, message }) => `${pointer?.slice(1).replaceAll("_", " ") ?? ""}: ${message}.`);
  find(".problem", HTMLElement, form).textContent = errors.length > 0 ? words.join(" ") : detail;
  if (isAsked) form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
}

function mark(form: HTMLFormElement, { pointer, message }: InputError): boolean {
  const field = form.elements.namedItem(pointer?.split("/")[1] ?? "");
  if (!(field instanceof HTMLElement)) return false;
  const id = `error-${++described}`;
  const error = Object.assign(document.createElement("p"), { id, className: "error", textContent: message });
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", id);
  field.closest(".field")?.append(error);
  field.closest("details")?.setAttribute("open", "");
  return true;
}

export function taskForm(values: Draft, submit: (draft: Partial<Draft>) => void, cancel: () => void): HTMLFormElement {
  const form = copy("task-form", HTMLFormElement);
  const priority = find("select", HTMLSelectElement, form);
  // More priorities may come than this page knows.
  priority.value = values.priority;
  if (priority.value === "") priority.add(new Option(values.priority, undefined, true, true));
  for (const name of ["title", "description", "due_date", "due_time", "tags"] as const) {
    const field = form.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement;
    field.value = name === "tags" ? values.tags.join(", ") : (values[name] ?? "");
  }
  onSubmit(form, () => {
    const draft = draftIn(form);
    const errors = flaws(draft);
    showErrors(form, errors, "", true);
    if (errors.length === 0) submit(draft);
  });
  find(".cancel", HTMLButtonElement, form).addEventListener("click", cancel);
  form.addEventListener("keydown", (event) => event.key === "Escape" && cancel());
  return form;
}

/** What can be seen without asking. All else the server knows better. */
function flaws({ title, description }: Partial<Draft>): InputError[] {
  const long = (words = "", most = 0): string => ([...words].length > most ? `must be at most ${most} characters` : "");
  const [ofTitle, ofNotes] = [title ? long(title, 200) : "must not be blank", long(description ?? "", 1000)];
  const all = [{ pointer: "/title", message: ofTitle }, { pointer: "/description", message: ofNotes }];
  return all.filter(({ message }) => message !== "");
}

function draftIn(form: HTMLFormElement): Partial<Draft> {
  return {
    title: text(form, "title"),
    description: text(form, "description") || null,
    priority: text(form, "priority") as TaskPriority,
    tags: [...new Set(text(form, "tags").split(",").map((tag) => tag.trim()).filter((tag) => tag !== ""))],
    due_date: text(form, "due_date") || null,
    due_time: text(form, "due_time") || null,
  };
}
