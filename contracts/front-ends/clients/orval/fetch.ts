/** How every generated request is sent; a refusal is thrown as the problem that it is. */
export async function todoFetch<T>(path: string, options: RequestInit): Promise<T> {
  const headers = new Headers(options.headers);
  if (session.token) {
    headers.set("Authorization", `Bearer ${session.token}`);
  }
  const answer = await fetch((process.env["TODO_URL"] ?? "http://localhost:8080") + path, { ...options, headers });
  const text = await answer.text();
  const data: unknown = answer.headers.get("Content-Type")?.includes("json") ? JSON.parse(text) : text;
  if (!answer.ok) {
    throw data;
  }
  return { data, status: answer.status, headers: answer.headers } as T;
}

export const session = { token: "" };
