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

const post = (path, body) =>
  fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

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
    signIn(await answer.json());
    return;
  }
  const problem = await answer.json();
  caller.textContent =
    problem.code === "accounts-off"
      ? "This server keeps no accounts. Sign in where its users do, and give the token to Authorize."
      : problem.detail;
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

/** The page follows what is tried: who registers, logs in or refreshes is signed in, who logs out is not. */
function notice(answer) {
  const operation = new URL(answer.url, location).pathname.replace("/api/auth/", "");
  if (answer.ok && ["register", "login", "refresh"].includes(operation)) {
    signIn(JSON.parse(answer.text));
  } else if (answer.ok && ["logout", "logout-all", "me/delete"].includes(operation)) {
    signOut();
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

const name = (schema) => schema.$ref?.replace("#/components/schemas/", "");

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

const contract = prefillLess(await (await fetch("/openapi.json")).json());
const ui = SwaggerUIBundle({
  spec: contract,
  dom_id: "#reference",
  plugins: [foldConventions(contract.info.description)],
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  responseInterceptor: notice,
});
button.disabled = false;
