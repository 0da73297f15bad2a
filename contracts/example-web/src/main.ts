import { refusal } from "./api.js";
import type { DueFilter, TaskStatusFilter } from "./client/index.js";
import { find, onSubmit, showErrors, taskForm, text } from "./form.js";
import { enqueue, flush, newKey } from "./queue.js";
import { atMost, register, signIn, signOut, user } from "./session.js";
import { place, setTasks, work, type Draft } from "./store.js";
import { load, more, NEW, show } from "./tasks.js";
import { render, say, unsent } from "./view.js";

const entrance = find("#sign-in", HTMLFormElement);
const filter = find("#filter", HTMLFormElement);
const fresh = taskForm(NEW, add, () => {});
let [shown, last]: (string | undefined)[] = [];

function enter(): void {
  shown = user()?.id;
  entrance.hidden = shown !== undefined;
  find("#app", HTMLElement).hidden = find("#who", HTMLElement).hidden = shown === undefined;
  find("#name", HTMLElement).textContent = user()?.email ?? "";
  find("input", HTMLInputElement, shown === undefined ? entrance : fresh).focus();
  if (shown === undefined) return;
  last = shown;
  setTasks(work().last); // What was seen last, until the server answers.
  render();
  void [flush(), choose()];
}

async function authenticate(button: HTMLElement | null): Promise<void> {
  const credentials = { email: text(entrance, "email"), password: find("[name=password]", HTMLInputElement).value };
  try {
    await (button?.getAttribute("value") === "register" ? register(credentials) : signIn(credentials));
    if (last !== undefined && last !== user()?.id) return location.reload(); // Nothing stays of another user.
    entrance.reset();
    showErrors(entrance, [], "");
    say("");
    enter();
  } catch (error) {
    const { errors, detail } = await refusal(error);
    showErrors(entrance, errors, detail, true);
  }
}

async function leave(): Promise<void> {
  await atMost(3, flush());
  const lost = work().writes.length + work().refused.length;
  if (lost > 0 && !confirm(`${lost} of your changes are not saved and would be lost. Sign out all the same?`)) return;
  await signOut(place());
  location.reload();
}

function add(fields: Partial<Draft>): void {
  if (!enqueue({ kind: "create", task: `new-${newKey()}`, base: NEW, fields })) return;
  fresh.reset();
  find("input", HTMLInputElement, fresh).focus();
}

function choose(): Promise<void> {
  const [due, tag, q] = [text(filter, "due"), text(filter, "tag"), text(filter, "q")];
  return show({
    status: text(filter, "status") as TaskStatusFilter,
    ...(due === "overdue" ? { overdue: true } : due !== "" && { due: due as DueFilter }),
    ...(tag !== "" && { tag: [tag] }), ...(q !== "" && { q }),
  });
}

/** The page and what it is made of, for the service worker to answer with where there is no network. */
async function keepForOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("./offline.js");
  const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const own = loaded.filter(({ origin, pathname }) => origin === location.origin && !pathname.startsWith("/api/"));
  await (await caches.open("app")).addAll(["./", ...new Set(own.map(({ pathname }) => pathname))]);
}

find("#new", HTMLElement).append(fresh);
find(".cancel", HTMLButtonElement, fresh).remove();
onSubmit(entrance, (button) => void authenticate(button));
onSubmit(filter, () => void choose());
filter.addEventListener("change", () => void choose());
find("#list", HTMLElement).addEventListener("click", ({ target }) => {
  if (!(target instanceof HTMLElement) || !target.matches(".tag")) return;
  find("[name=tag]", HTMLInputElement, filter).value = target.textContent ?? "";
  void choose();
});
find("#sign-out", HTMLElement).addEventListener("click", () => void leave());
find("#more", HTMLElement).addEventListener("click", () => void more());
addEventListener("changed", render);
addEventListener("notice", (event) => event instanceof CustomEvent && say(String(event.detail)));
addEventListener("session-ended", () => {
  enter();
  say("Your session has ended. Sign in again: what is not sent yet is kept.");
});
// Another tab has changed something. What it has sent stays on the screen until the list has it.
addEventListener("storage", ({ key, oldValue, newValue }) => {
  if (user()?.id !== shown) return location.reload();
  if (key !== place()) return;
  const count = (work: string | null): number => JSON.parse(work ?? "{}").writes?.length ?? 0;
  if (count(newValue) < count(oldValue)) void load();
  else if (work().writes.length >= unsent) render();
});
addEventListener("online", () => void [flush(), load()]);
document.addEventListener("visibilitychange", () => document.hidden || void [flush(), load()]);
addEventListener("offline", render);
addEventListener("load", () => void keepForOffline());
enter();
