/**
 * A migrated database on a server of its own, for tests of the seal: PostgreSQL's horizon is the whole server's, so that an
 * open transaction of another test would keep events out of it, as it should.
 */
import { migratePremises } from "../../src/app/boot.js";
import { connect } from "../../src/platform/db/connect.js";
import { runOn, type TestDatabase } from "./database.js";
import { startOwnServer } from "./instances.js";

export async function createOwnDatabase(): Promise<TestDatabase> {
  const server = await startOwnServer();
  const { url, ownerUrl } = server;
  await migratePremises({ url, ownerUrl, reset: null, release: async () => undefined });
  const db = connect(url, { max: 10, name: "test" });
  return {
    url,
    ownerUrl,
    db,
    asOwner: (sql) => runOn(ownerUrl, sql),
    async close() {
      await db.close();
      await server.close();
    },
  };
}
