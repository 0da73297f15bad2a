import { createTask, listTasks, getTask, logIn, register, updateTask, type Problem } from "../../target/hey-api";
import { client } from "../../target/hey-api/client.gen";

client.setConfig({ baseUrl: process.env["TODO_URL"] ?? "http://localhost:8080" });
const path = { user_id: "me" };

const email = `ada-${crypto.randomUUID()}@example.com`;
const password = "correct horse battery staple";
await register({ body: { email, password, name: "Ada" } });
const { data: session } = await logIn({ body: { email, password }, throwOnError: true });
client.setConfig({ auth: session.access_token });
console.log(`Signed in: ${session.user.name}`);

const { data: rent } = await createTask({
  path,
  body: { title: "Pay the rent", description: "By bank transfer", priority: "high", due_date: "2126-12-01" },
  throwOnError: true,
});
console.log(`Created: ${rent.title}, ${rent.priority}, due ${rent.due_date}`);
for (const title of ["Water the plants", "Call Grace", "Feed the cat", "Buy bread"]) {
  await createTask({ path, body: { title }, throwOnError: true });
}

for (let cursor: string | null | undefined, page = 1; cursor !== null; page++) {
  const { data } = await listTasks({
    path,
    query: { sort: ["-priority", "title"], limit: 2, cursor },
    throwOnError: true,
  });
  console.log(`Page ${page}: ${data.items.map((task) => task.title).join(", ")}`);
  cursor = data.next_cursor;
}

const { data: patched } = await updateTask({
  path: { ...path, task_id: rent.id },
  body: { description: null, due_date: null },
  throwOnError: true,
});
console.log(`Changed: ${patched.title}, ${patched.description}, due ${patched.due_date}`);

explain((await createTask({ path, body: { title: " " } })).error);
explain((await getTask({ path: { ...path, task_id: 404 } })).error);

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
