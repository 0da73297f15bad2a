// A real Better Auth server for BetterAuthInterop; its settings are the first argument, as JSON.
import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { fromNodeHeaders, toNodeHandler } from "better-auth/node";
import { bearer, jwt } from "better-auth/plugins";
import { SignJWT } from "jose";

const settings = JSON.parse(process.argv[2]);
const baseURL = `http://localhost:${settings.port}`;

const auth = betterAuth({
  baseURL,
  secret: settings.secret,
  database: memoryAdapter({ user: [], session: [], account: [], verification: [], jwks: [] }),
  emailAndPassword: { enabled: true },
  session: settings.session,
  plugins: [
    bearer(),
    jwt({
      ...settings.jwt,
      jwt: {
        audience: settings.audience,
        definePayload: settings.registeredClaimsOnly ? () => ({}) : undefined,
      },
    }),
  ],
});

let fetches = 0;
const betterAuthAnswers = toNodeHandler(auth);

/** What applications do that want HS256 with the shared secret: Better Auth itself never does. */
async function signByHand(request) {
  const { user } = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
  return new SignJWT({ email: user.email })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(user.id)
    .setIssuedAt()
    .setExpirationTime("15m")
    .sign(new TextEncoder().encode(settings.secret));
}

createServer(async (request, response) => {
  if (request.url === "/fetches") {
    response.end(String(fetches));
  } else if (request.url === "/by-hand") {
    response.end(JSON.stringify({ token: await signByHand(request) }));
  } else {
    fetches += request.url === "/api/auth/jwks" ? 1 : 0;
    await betterAuthAnswers(request, response);
  }
}).listen(settings.port, "localhost", () => console.log(`listening at ${baseURL}`));
