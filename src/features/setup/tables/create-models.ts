/** The models of one database. No global instance: a test process has several databases. */
import type { Sequelize } from "sequelize";
import { type SetupTableName, setupTableNames } from "../../../engine/setup/tables/setup-registry.js";
import { defineConfigurationVersion } from "./define-configuration-version.js";
import { defineChannelKey, defineSeat, defineSeatHolder, defineUser } from "./define-people.js";
import { defineSetupModel, type SetupModel } from "./define-setup-model.js";

const define = (sequelize: Sequelize) => ({
  /** Tables of the set-up are known by their names in the database. */
  ...(Object.fromEntries(setupTableNames.map((table) => [table, defineSetupModel(sequelize, table)])) as Readonly<
    Record<SetupTableName, SetupModel>
  >),
  User: defineUser(sequelize),
  Seat: defineSeat(sequelize),
  SeatHolder: defineSeatHolder(sequelize),
  ChannelKey: defineChannelKey(sequelize),
  ConfigurationVersion: defineConfigurationVersion(sequelize),
});

export type Models = ReturnType<typeof define>;

const known = new WeakMap<Sequelize, Models>();

/** The typed models of `sequelize`, made at the first call. */
export function createModels(sequelize: Sequelize): Models {
  let models = known.get(sequelize);
  if (models === undefined) {
    models = define(sequelize);
    known.set(sequelize, models);
  }
  return models;
}
