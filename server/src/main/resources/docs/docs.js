// The reference: Swagger UI on the contract that this server was made from, and a user to try it with.

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

const caller = document.getElementById("caller");
const button = document.getElementById("try");
let timer;

const random = (bytes) =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const post = (path, body, headers) =>
  fetch(path, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) });

/** Whoever has just signed in, here or by trying an operation, is the one who sends what follows. */
function signIn({ access_token, refresh_token, expires_in, user }) {
  ui.preauthorizeApiKey("bearer", access_token);
  caller.textContent = `You are ${user.email}. Every request below is sent as this user.`;
  button.textContent = "Try it as another new user";
  clearTimeout(timer);
  timer = setTimeout(() => refresh(refresh_token), (expires_in - 60) * 1000);
}

function signOut() {
  clearTimeout(timer);
  ui.authActions.logout(["bearer"]);
  caller.textContent = "You are nobody any more.";
}

async function refresh(token) {
  const answer = await post("/api/auth/refresh", { refresh_token: token });
  if (answer.ok) {
    signIn(await answer.json());
  } else {
    signOut();
  }
}

async function register() {
  const answer = await post("/api/auth/register", {
    email: `try-${random(4)}@example.com`,
    password: random(16),
  });
  if (answer.ok) {
    const session = await answer.json();
    await createFirstTask(session);
    signIn(session);
    return;
  }
  const problem = await answer.json();
  caller.textContent =
    problem.code === "accounts-off"
      ? "This server keeps no accounts. Sign in where its users do, and give the token to Authorize."
      : problem.detail;
}

/** Whoever is new has no task 42. */
async function createFirstTask({ access_token }) {
  const task = contract.components.examples.taskCreate.value;
  const answer = await post("/api/me/tasks", task, { Authorization: `Bearer ${access_token}` });
  if (answer.ok) {
    prefillTask((await answer.json()).id);
  }
}

/** Swagger UI keeps what an operation that was opened before has under the parameter, and else under its name. */
function prefillTask(id) {
  for (const [path, { parameters, ...operations }] of Object.entries(contract.paths)) {
    for (const method of path.includes("{task_id}") ? Object.keys(operations) : []) {
      const opened = ui.specSelectors.specResolvedSubtree(["paths", path, method])?.get("parameters");
      const parameter = opened?.find((each) => each.get("name") === "task_id");
      if (parameter) {
        ui.specActions.changeParamByIdentity([path, method], parameter, String(id));
      } else {
        ui.specActions.changeParam([path, method], "task_id", "path", String(id));
      }
    }
  }
}

button.addEventListener("click", async () => {
  button.disabled = true;
  try {
    await register();
  } catch {
    caller.textContent = "The server does not answer.";
  }
  button.disabled = false;
});

/**
 * The page follows what is tried: who registers, logs in or refreshes is signed in, who logs out is not, and the task
 * that was created last is the one to go on with.
 */
function notice(answer) {
  const { pathname } = new URL(answer.url, location);
  const operation = pathname.replace("/api/auth/", "");
  if (answer.ok && ["register", "login", "refresh"].includes(operation)) {
    signIn(JSON.parse(answer.text));
  } else if (answer.ok && ["logout", "logout-all", "me/delete"].includes(operation)) {
    signOut();
  } else if (answer.status === 201 && /^\/api\/[^/]+\/tasks$/.test(pathname)) {
    prefillTask(JSON.parse(answer.text).id);
  }
  return answer;
}

/** Swagger UI would send the example of every parameter; it is to send what must be there, and show the rest. */
function prefillLess(contract) {
  for (const parameter of Object.values(contract.components.parameters)) {
    if (!parameter.required) {
      const examples = [parameter.example].flat().map((example) => `\`${example}\``);
      parameter.description += ` Example: ${examples.join(", ")}.`;
      delete parameter.example;
      const { example, ...schema } = contract.components.schemas[name(parameter.schema)] ?? parameter.schema;
      parameter.schema = schema;
    }
  }
  return contract;
}

/** A file to import is a text to edit: Swagger UI would wait for one to be chosen, without a word. */
function importText(contract) {
  for (const { schema } of Object.values(contract.paths["/api/{user_id}/import"].post.requestBody.content)) {
    delete contract.components.schemas[name(schema)].format;
  }
  return contract;
}

const name = (schema) => schema.$ref?.replace("#/components/schemas/", "");

/** Swagger UI takes JSON Lines for JSON, and would put the whole example into quotes. */
const showLines = () => ({
  afterLoad() {
    const { getSampleSchema } = this.fn;
    this.fn.getSampleSchema = (schema, type, ...more) =>
      getSampleSchema(schema, type === "application/x-ndjson" ? "text/plain" : type, ...more);
  },
});

/** The conventions are long: they are folded up, so that the operations are in sight. */
const foldConventions = (description) => () => ({
  wrapComponents: {
    Markdown: (Markdown, { React }) => (props) => {
      const { createElement } = React;
      const markdown = (source) => createElement(Markdown, { ...props, source });
      const fold = (title, ...inside) => createElement("details", { key: title }, createElement("summary", null, title), ...inside);
      if (props.source !== description) {
        return markdown(props.source);
      }
      const [beginning, ...sections] = description.split(/^# (?=.)/m);
      const folded = sections.map((section) => fold(section.split("\n", 1)[0], markdown(section.replace(/.*/, ""))));
      return createElement("div", null, markdown(beginning), fold("What holds for every operation", folded));
    },
  },
});

const contract = importText(prefillLess(await (await fetch("/openapi.json")).json()));
const ui = SwaggerUIBundle({
  spec: contract,
  dom_id: "#reference",
  plugins: [showLines, foldConventions(contract.info.description)],
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  responseInterceptor: notice,
});
button.disabled = false;
