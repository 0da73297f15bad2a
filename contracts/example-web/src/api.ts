import { Configuration, FetchError, ResponseError, TasksApi, TrashApi } from "./client/index.js";
import type { InputError, Problem } from "./client/index.js";
import { authorized } from "./session.js";

const configuration = new Configuration({ basePath: "", fetchApi: authorized });
export const tasksApi = new TasksApi(configuration);
export const trashApi = new TrashApi(configuration);

/** Why something was not done, for people; `later` where the same request may yet be carried out. */
export type Refusal = { status: number; detail: string; errors: InputError[]; later: boolean; waitSeconds: number };

const NO_CONNECTION = "There is no connection to the server.";
const NO_ANSWER: Refusal = { status: 0, detail: NO_CONNECTION, errors: [], later: true, waitSeconds: 0 };

export async function refusal(error: unknown): Promise<Refusal> {
  if (error instanceof FetchError) return NO_ANSWER;
  if (!(error instanceof ResponseError)) throw error;
  const { status, headers } = error.response;
  const isProblem = headers.get("Content-Type") === "application/problem+json"; // A proxy has its own way.
  const problem = isProblem ? ((await error.response.clone().json()) as Problem) : undefined;
  const { code, detail = `The server answered ${status}.`, errors = [] } = problem ?? {};
  const later = [401, 429, 502, 503, 504].includes(status) || code === "idempotency-key-in-use";
  return { status, detail, errors, later, waitSeconds: Number(headers.get("Retry-After")) || 0 };
}
