/** The models of one database. No global instance: a test process has several databases. */
import type { Sequelize } from "sequelize";
import { defineConfigurationVersion } from "./define-configuration-version.js";
import { defineInstruction } from "./define-instruction.js";
import { defineLabelled } from "./define-labelled.js";
import { defineChannelKey, defineSeat, defineSeatHolder, defineUser } from "./define-people.js";
import {
  defineApplicationType,
  defineChannel,
  defineClosingReason,
  defineEntity,
  defineImportanceLevel,
  defineKeywordList,
  defineProgramme,
  defineReplyTemplate,
  defineService,
} from "./define-setup.js";

const define = (sequelize: Sequelize) => ({
  Programme: defineProgramme(sequelize),
  Sector: defineLabelled(sequelize, "sectors"),
  Entity: defineEntity(sequelize),
  Service: defineService(sequelize),
  Pillar: defineLabelled(sequelize, "pillars"),
  ImportanceLevel: defineImportanceLevel(sequelize),
  ApplicationType: defineApplicationType(sequelize),
  Channel: defineChannel(sequelize),
  ApplicantCategory: defineLabelled(sequelize, "applicant_categories"),
  Governorate: defineLabelled(sequelize, "governorates"),
  KeywordList: defineKeywordList(sequelize),
  ClosingReason: defineClosingReason(sequelize),
  Instruction: defineInstruction(sequelize),
  ReplyTemplate: defineReplyTemplate(sequelize),
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
