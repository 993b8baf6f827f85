/**
 * The real program behind one door, as production serves it and without the jobs: what a benchmark measures, a process of its own.
 * `DIWAN_BENCH_DOOR` is `admin` (left out) or `api`.
 */
import "../../src/platform/messages/load-messages.js";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { compose } from "../../src/app/compose.js";
import { createAdmin } from "../../src/app/office/create-admin.js";
import { createApi } from "../../src/features/intake/create-api.js";
import { connect } from "../../src/platform/db/connect.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { createLog } from "../../src/platform/log.js";

const { DATABASE_URL: url = "", DIWAN_NOW = "", DIWAN_BENCH_DOOR } = process.env;
const start = Date.parse(DIWAN_NOW) - Date.now();
const publicUrl = "http://127.0.0.1";
const sessionSecret = "a secret for measuring only, no person signs in";
const db = connect(url, { max: 16, name: "diwan-web" });
const services = compose({
  db,
  log: createLog("info"),
  now: () => new Date(Date.now() + start),
  smtpUrl: "smtp://127.0.0.1:9",
  publicUrl,
  sealKey: "a key for measuring only, nothing is sealed with it",
  sessionSecret,
});

async function openAdmin() {
  const door = createAdmin(services, { db, sessionSecret, publicUrl });
  await door.ready;
  return door;
}

const door = DIWAN_BENCH_DOOR === "api" ? createApi(services, { publicUrl }) : await openAdmin();
// Raised, not switched off: what they cost is part of the price.
const limits = { perAddress: 1e9, perKey: 1e9, refusalsPerAddress: 1e9 };
const server = createServer(createHttp(services, { publicUrl, limits, doors: [door] }));
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));
