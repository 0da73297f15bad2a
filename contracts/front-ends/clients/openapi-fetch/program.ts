import createClient, { createQuerySerializer } from "openapi-fetch";
import type { components, paths } from "../../target/openapi-fetch/todo-api";

type Problem = components["schemas"]["Problem"];

// The client knows types only, and repeats the name of a list for each value; "sort" has its keys in one.
const serialized = createQuerySerializer();
const todo = createClient<paths>({
  baseUrl: process.env["TODO_URL"] ?? "http://localhost:8080",
  querySerializer: ({ sort, ...query }) => serialized(sort ? { ...query, sort: String(sort) } : query),
});
const path = { user_id: "me" };

const email = `ada-${crypto.randomUUID()}@example.com`;
const password = "correct horse battery staple";
await todo.POST("/api/auth/register", { body: { email, password, name: "Ada" } });
const session = await todo.POST("/api/auth/login", { body: { email, password } });
if (session.error) {
  throw new Error(session.error.detail);
}
const { access_token, user } = session.data;
todo.use({ onRequest: ({ request }) => request.headers.set("Authorization", `Bearer ${access_token}`) });
console.log(`Signed in: ${user.name}`);

const created = await todo.POST("/api/{user_id}/tasks", {
  params: { path },
  body: { title: "Pay the rent", description: "By bank transfer", priority: "high", due_date: "2126-12-01" },
});
if (created.error) {
  throw new Error(created.error.detail);
}
const rent = created.data;
console.log(`Created: ${rent.title}, ${rent.priority}, due ${rent.due_date}`);
for (const title of ["Water the plants", "Call Grace", "Feed the cat", "Buy bread"]) {
  await todo.POST("/api/{user_id}/tasks", { params: { path }, body: { title } });
}

for (let cursor: string | null | undefined, page = 1; cursor !== null; page++) {
  const { data, error } = await todo.GET("/api/{user_id}/tasks", {
    params: { path, query: { sort: ["-priority", "title"], limit: 2, ...(cursor && { cursor }) } },
  });
  if (error) {
    throw new Error(error.detail);
  }
  console.log(`Page ${page}: ${data.items.map((task) => task.title).join(", ")}`);
  cursor = data.next_cursor;
}

const patched = await todo.PATCH("/api/{user_id}/tasks/{task_id}", {
  params: { path: { ...path, task_id: rent.id } },
  body: { description: null, due_date: null },
});
console.log(`Changed: ${patched.data?.title}, ${patched.data?.description}, due ${patched.data?.due_date}`);

const blank = await todo.POST("/api/{user_id}/tasks", { params: { path }, body: { title: " " } });
explain(blank.error);
const absent = await todo.GET("/api/{user_id}/tasks/{task_id}", { params: { path: { ...path, task_id: 404 } } });
explain(absent.error);

function explain(problem: Problem | undefined) {
  switch (problem?.code) {
    case "invalid-content":
      return problem.errors?.forEach(({ pointer, message }) => console.log(`Refused: ${pointer} ${message}`));
    case "not-found":
      return console.log(`Not there: ${problem.status}`);
    default:
      throw new Error(problem?.detail ?? "No problem");
  }
}
