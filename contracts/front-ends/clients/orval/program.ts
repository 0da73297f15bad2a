import { MutationObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import {
  getCreateTaskMutationOptions,
  getGetTaskQueryOptions,
  getListTasksQueryOptions,
  getLogInMutationOptions,
  getRegisterMutationOptions,
  getUpdateTaskMutationOptions,
  type Problem,
} from "../../target/orval/todo-api";
import { session } from "./fetch";

// What useCreateTask() and useListTasks() do in a component, without one.
const queries = new QueryClient();
const createTask = new MutationObserver(queries, getCreateTaskMutationOptions());
const updateTask = new MutationObserver(queries, getUpdateTaskMutationOptions());
const register = new MutationObserver(queries, getRegisterMutationOptions());
const logIn = new MutationObserver(queries, getLogInMutationOptions());
const userId = "me";

const email = `ada-${crypto.randomUUID()}@example.com`;
const password = "correct horse battery staple";
await register.mutate({ data: { email, password, name: "Ada" } });
const { data: signedIn } = await logIn.mutate({ data: { email, password } });
session.token = signedIn.access_token;
console.log(`Signed in: ${signedIn.user.name}`);

const { data: rent } = await createTask.mutate({
  userId,
  data: { title: "Pay the rent", description: "By bank transfer", priority: "high", due_date: "2126-12-01" },
});
console.log(`Created: ${rent.title}, ${rent.priority}, due ${rent.due_date}`);
for (const title of ["Water the plants", "Call Grace", "Feed the cat", "Buy bread"]) {
  await createTask.mutate({ userId, data: { title } });
}

for (let cursor: string | null | undefined, page = 1; cursor !== null; page++) {
  const { data } = await queries.fetchQuery(
    getListTasksQueryOptions(userId, { sort: ["-priority", "title"], limit: 2, ...(cursor && { cursor }) }),
  );
  console.log(`Page ${page}: ${data.items.map((task) => task.title).join(", ")}`);
  cursor = data.next_cursor;
}

const { data: patched } = await updateTask.mutate({
  userId,
  taskId: rent.id,
  data: { description: null, due_date: null },
});
console.log(`Changed: ${patched.title}, ${patched.description}, due ${patched.due_date}`);

await createTask.mutate({ userId, data: { title: " " } }).catch(() => explain(createTask.getCurrentResult().error));
const absent = new QueryObserver(queries, getGetTaskQueryOptions(userId, 404, { query: { retry: false } }));
explain((await absent.refetch()).error);

// Nothing is what 304 has for a body.
function explain(problem: Problem | void | null) {
  switch (problem?.code) {
    case "invalid-content":
      return problem.errors?.forEach(({ pointer, message }) => console.log(`Refused: ${pointer} ${message}`));
    case "not-found":
      return console.log(`Not there: ${problem.status}`);
    default:
      throw new Error(problem?.detail ?? "No problem");
  }
}
