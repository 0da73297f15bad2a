/** Who is signed in: the access token in memory, the refresh token in the browser's storage. */
import { AccountsApi, Configuration, ResponseError, type Account, type LogIn, type SignedIn } from "./client/index.js";

const KEY = "todo.session";
const visitor = new AccountsApi(new Configuration({ basePath: "", fetchApi: answered }));
const account = new AccountsApi(new Configuration({ basePath: "", fetchApi: authorized }));
let accessToken: string | undefined;
const turns = new Map<string, Promise<void>>();

const kept = (): Pick<SignedIn, "refresh_token" | "user"> | undefined =>
  JSON.parse(localStorage.getItem(KEY) ?? "null") ?? undefined;
export const user = (): Account | undefined => kept()?.user;
export const signIn = async (credentials: LogIn): Promise<void> => keep(await visitor.logIn({ LogIn: credentials }));
export async function register(credentials: LogIn): Promise<void> {
  keep(await visitor.register({ Registration: credentials }));
  // What is due today depends on where the user is.
  const AccountPatch = { time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  await account.updateAccount({ AccountPatch }).catch(() => undefined);
}

export async function signOut(work: string): Promise<void> {
  // Without an answer, the session ends when its refresh token expires.
  await atMost(3, account.logOut().catch(() => undefined));
  [KEY, work].forEach((key) => localStorage.removeItem(key));
}

/** A fetch that carries the token, and asks for another one once where it is no longer good. */
export async function authorized(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  if (accessToken === undefined) await refresh(undefined);
  const [used, answer] = [accessToken, await withToken(input, init)];
  if (answer.status !== 401) return answer;
  await refresh(used);
  return accessToken === undefined ? answer : withToken(input, init);
}

function withToken(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers);
  if (accessToken !== undefined) headers.set("Authorization", `Bearer ${accessToken}`);
  return answered(input, { ...init, headers });
}

/** Waits for the whole answer, but not for ever. The page that a captive portal sends is none. */
async function answered(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const answer = await fetch(input, { ...init, signal: AbortSignal.timeout(15_000) });
  const body = answer.status === 204 ? null : await answer.text();
  const isOurs = !answer.ok || body === null || answer.headers.get("Content-Type")?.includes("json");
  return isOurs ? new Response(body, answer) : Promise.reject(new TypeError("The answer is not the API's"));
}

export const atMost = (seconds: number, job: Promise<void>): Promise<void> =>
  Promise.race([job, new Promise<void>((end) => setTimeout(end, seconds * 1000))]);

/** One exchange at a time, in all tabs: a refresh token is good for one use. */
const refresh = (used: string | undefined): Promise<void> =>
  alone("todo.refresh", async () => (accessToken === used ? exchange() : undefined));

async function exchange(): Promise<void> {
  accessToken = undefined;
  const refresh_token = kept()?.refresh_token;
  if (refresh_token === undefined) return;
  try {
    keep(await visitor.refreshSession({ SessionRefresh: { refresh_token } }));
  } catch (error) {
    const status = error instanceof ResponseError ? error.response.status : 500;
    if (status === 429 || status >= 500) throw error;
    localStorage.removeItem(KEY);
    dispatchEvent(new Event("session-ended"));
  }
}

function keep({ access_token, refresh_token, user }: SignedIn): void {
  accessToken = access_token;
  localStorage.setItem(KEY, JSON.stringify({ refresh_token, user }));
}

/** Runs a job while no other of this name runs in this tab nor, where there are locks (not on plain http), in any. */
export function alone(name: string, job: () => Promise<void>): Promise<void> {
  const turn = async (): Promise<void> => ("locks" in navigator ? navigator.locks.request(name, job) : job());
  const mine = (turns.get(name) ?? Promise.resolve()).then(turn, turn);
  turns.set(name, mine);
  return mine;
}
