import { AccountsApi, Configuration, ProblemCode, ProblemFromJSON, ResponseError, TasksApi } from "../../target/typescript-fetch";

let accessToken = "";
const configuration = new Configuration({
  basePath: process.env["TODO_URL"] ?? "http://localhost:8080",
  accessToken: () => accessToken,
});
const accounts = new AccountsApi(configuration);
const tasks = new TasksApi(configuration);
const userId = "me";

const email = `ada-${crypto.randomUUID()}@example.com`;
const password = "correct horse battery staple";
await accounts.register({ registration: { email, password, name: "Ada" } });
const session = await accounts.logIn({ logIn: { email, password } });
accessToken = session.accessToken;
console.log(`Signed in: ${session.user.name}`);

const rent = await tasks.createTask({
  userId,
  taskCreate: {
    title: "Pay the rent",
    description: "By bank transfer",
    priority: "high",
    dueDate: new Date(2126, 11, 1), // Of a date, the generated code takes the local day.
  },
});
console.log(`Created: ${rent.title}, ${rent.priority}, due ${day(rent.dueDate)}`);
for (const title of ["Water the plants", "Call Grace", "Feed the cat", "Buy bread"]) {
  await tasks.createTask({ userId, taskCreate: { title } });
}

for (let cursor: string | null | undefined, page = 1; cursor !== null; page++) {
  const { items, nextCursor } = await tasks.listTasks({ userId, sort: ["-priority", "title"], limit: 2, cursor });
  console.log(`Page ${page}: ${items.map((task) => task.title).join(", ")}`);
  cursor = nextCursor;
}

const patched = await tasks.updateTask({
  userId,
  taskId: rent.id,
  taskPatch: { description: null, dueDate: null },
});
console.log(`Changed: ${patched.title}, ${patched.description}, due ${day(patched.dueDate)}`);

await tasks.createTask({ userId, taskCreate: { title: " " } }).catch(explain);
await tasks.getTask({ userId, taskId: 404 }).catch(explain);

async function explain(error: unknown) {
  if (!(error instanceof ResponseError)) {
    throw error;
  }
  const problem = ProblemFromJSON(await error.response.json());
  switch (problem.code) {
    case ProblemCode.InvalidContent:
      return problem.errors?.forEach(({ pointer, message }) => console.log(`Refused: ${pointer} ${message}`));
    case ProblemCode.NotFound:
      return console.log(`Not there: ${problem.status}`);
    default:
      throw new Error(problem.detail);
  }
}

function day(date: Date | null) {
  return date && date.toLocaleDateString("sv");
}
