/** Who is signed in: the access token in memory, the refresh token in the browser's storage. */
import { AccountsApi, Configuration, ResponseError, type Account, type LogIn, type SignedIn } from "./client/index.js";

const KEY = "todo.session";
const visitor = new AccountsApi(new Configuration({ basePath: "" }));
const account = new AccountsApi(new Configuration({ basePath: "", fetchApi: authorized }));
let accessToken: string | undefined;
let refreshing: Promise<void> | undefined;

function kept(): Pick<SignedIn, "refresh_token" | "user"> | undefined {
  return JSON.parse(localStorage.getItem(KEY) ?? "null") ?? undefined;
}

export const user = (): Account | undefined => kept()?.user;

export const signIn = async (credentials: LogIn): Promise<void> => keep(await visitor.logIn({ LogIn: credentials }));

export async function register(credentials: LogIn): Promise<void> {
  keep(await visitor.register({ Registration: credentials }));
  // What is due today depends on where the user is.
  const AccountPatch = { time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  await account.updateAccount({ AccountPatch }).catch(() => undefined);
}

export async function signOut(): Promise<void> {
  // Without an answer, the session ends when its refresh token expires.
  await account.logOut().catch(() => undefined);
  localStorage.removeItem(KEY);
}

/** A fetch that carries the token, and asks for another one once where it is no longer good. */
export async function authorized(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  if (accessToken === undefined) await refresh();
  const used = accessToken;
  const answer = await withToken(input, init);
  if (answer.status !== 401) return answer;
  if (accessToken === used) await refresh();
  return accessToken === undefined ? answer : withToken(input, init);
}

function withToken(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers);
  if (accessToken !== undefined) headers.set("Authorization", `Bearer ${accessToken}`);
  return fetch(input, { ...init, headers });
}

/** One exchange at a time, in all tabs: a refresh token is good for one use. */
function refresh(): Promise<void> {
  return (refreshing ??= alone("todo.refresh", exchange).finally(() => (refreshing = undefined)));
}

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

/** Runs a job while no other of this name runs in any tab; locks exist on https and localhost only. */
export async function alone(name: string, job: () => Promise<void>): Promise<void> {
  await ("locks" in navigator ? navigator.locks.request(name, job) : job());
}
