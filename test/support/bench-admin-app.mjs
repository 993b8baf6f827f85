// The real back office, as production builds and serves it, without the jobs: a child process of the benchmarks of its door.
// First: tables of words are read as modules are loaded.
import "../../dist/platform/messages/load-messages.js";
import { createServer } from "node:http";
import { compose } from "../../dist/app/compose.js";
import { createAdmin } from "../../dist/app/office/create-admin.js";
import { connect } from "../../dist/platform/db/connect.js";
import { createHttp } from "../../dist/platform/http/create-http.js";
import { createLog } from "../../dist/platform/log.js";

const { DATABASE_URL: url, DIWAN_NOW } = process.env;
const start = Date.parse(DIWAN_NOW) - Date.now();
const now = () => new Date(Date.now() + start);
const db = connect(url, { max: 16, name: "diwan-web" });
const publicUrl = "http://127.0.0.1";
const sessionSecret = "a secret for measuring only, nobody else signs in";
const services = compose({
  db,
  log: createLog("info"),
  now,
  smtpUrl: "smtp://127.0.0.1:9",
  publicUrl,
  sealKey: "a key for measuring only, nothing is sealed with it",
  sessionSecret,
});
const door = createAdmin(services, { db, sessionSecret, publicUrl });
await door.ready;
// Raised, not switched off: what they cost is part of the price.
const limits = {
  perAddress: 1e9,
  perKey: 1e9,
  refusalsPerAddress: 1e9,
};
const server = createServer(createHttp(services, { publicUrl, limits, doors: [door] }));
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("disconnect", () => process.exit(0));
