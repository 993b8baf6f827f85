/** The models of one database. No global instance: a test process has several databases. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type ModelAttributeColumnOptions,
  type ModelStatic,
  type Sequelize,
} from "sequelize";
import type { KeyPurpose } from "../../../engine/access/key-purposes.js";
import type { RoleCode } from "../../../engine/access/roles.js";
import type { SetupColumn } from "../../../engine/setup/tables/define-setup-table.js";
import {
  ownColumns,
  type SetupTableName,
  setupTableNames,
  storedNames,
  valueWhenAbsent,
} from "../../../engine/setup/tables/setup-registry.js";
import type { Language } from "../../../engine/text/text.js";

/** Columns only; names are the database's in camel case. */
const modelOptions = { timestamps: false, underscored: true, freezeTableName: true } as const;

const identity = { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true } as const;
const text = { type: DataTypes.TEXT, allowNull: false } as const;
const optionalText = { type: DataTypes.TEXT, allowNull: true } as const;
const moment = { type: DataTypes.DATE, allowNull: false } as const;
const optionalMoment = { type: DataTypes.DATE, allowNull: true } as const;

/** Descriptions of its own for each model: Sequelize writes into what it is given, shared ones would mix up their columns. */
function columns<Columns extends Readonly<Record<string, object>>>(shared: Columns): Columns {
  return Object.fromEntries(Object.entries(shared).map(([name, column]) => [name, { ...column }])) as Columns;
}

const optionalNumber = { type: DataTypes.INTEGER, allowNull: true };

export const configurationKinds = ["rules", "workflow", "calendar", "message", "digest"] as const;
export type ConfigurationKind = (typeof configurationKinds)[number];
export type VersionStatus = "draft" | "published" | "retired";

/** Versions of rule sets, workflows, calendars, letters and digests. A published definition is never altered. */
function defineConfigurationVersion(sequelize: Sequelize) {
  class ConfigurationVersion extends Model<
    InferAttributes<ConfigurationVersion>,
    InferCreationAttributes<ConfigurationVersion>
  > {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare kind: ConfigurationKind;
    declare name: string;
    declare version: number;
    declare status: VersionStatus;
    declare definition: object;
    /** SHA-256 over the definition's canonical text, hexadecimal: the order of keys does not count. */
    declare checksum: string;
    declare reason: CreationOptional<string | null>;
    declare createdAt: Date;
    declare publishedAt: CreationOptional<Date | null>;
    declare publishedBy: CreationOptional<string | null>;
    declare retiredAt: CreationOptional<Date | null>;
    /** Of a version that people wrote: the draft it was, and the accounts that wrote it. */
    declare draftId: CreationOptional<number | null>;
    declare draftedBy: CreationOptional<number[] | null>;
    /** Why it was published although the checks warned. */
    declare warningsReason: CreationOptional<string | null>;
    /** The second person, and what they said. */
    declare approvedBy: CreationOptional<number | null>;
    declare approvalReason: CreationOptional<string | null>;
  }
  return ConfigurationVersion.init(
    columns({
      id: identity,
      programme: text,
      kind: text,
      name: text,
      version: { type: DataTypes.INTEGER, allowNull: false },
      status: text,
      definition: { type: DataTypes.JSON, allowNull: false },
      checksum: text,
      reason: optionalText,
      createdAt: moment,
      publishedAt: optionalMoment,
      publishedBy: optionalText,
      retiredAt: optionalMoment,
      draftId: optionalNumber,
      draftedBy: { type: DataTypes.ARRAY(DataTypes.INTEGER), allowNull: true },
      warningsReason: optionalText,
      approvedBy: optionalNumber,
      approvalReason: optionalText,
    }),
    { ...modelOptions, sequelize, tableName: "configuration_versions", modelName: "configuration_versions" },
  );
}

function defineUser(sequelize: Sequelize) {
  class User extends Model<InferAttributes<User>, InferCreationAttributes<User>> {
    declare id: CreationOptional<number>;
    declare email: string;
    declare name: string;
    declare language: CreationOptional<Language>;
    /** Whose files or operation room made it; null: nobody's yet. */
    declare programme: CreationOptional<string | null>;
    /** Argon2id; null: may not sign in yet. */
    declare passwordHash: CreationOptional<string | null>;
    declare disabledAt: CreationOptional<Date | null>;
    declare createdAt: Date;
  }
  return User.init(
    columns({
      id: identity,
      email: text,
      name: text,
      language: { type: DataTypes.TEXT, allowNull: false, defaultValue: "ar" },
      programme: optionalText,
      passwordHash: optionalText,
      disabledAt: optionalMoment,
      createdAt: moment,
    }),
    { ...modelOptions, sequelize, tableName: "users", modelName: "users" },
  );
}

function defineSeat(sequelize: Sequelize) {
  class Seat extends Model<InferAttributes<Seat>, InferCreationAttributes<Seat>> {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare code: string;
    declare role: RoleCode;
    declare titleAr: string;
    declare titleEn: string;
    declare entity: string | null;
    declare sector: string | null;
    declare retiredAt: CreationOptional<Date | null>;
    /** The position that it is the office of; null: none. */
    declare officeOf: CreationOptional<number | null>;
  }
  return Seat.init(
    columns({
      id: identity,
      programme: text,
      code: text,
      role: text,
      titleAr: text,
      titleEn: text,
      entity: optionalText,
      sector: optionalText,
      retiredAt: optionalMoment,
      officeOf: { type: DataTypes.INTEGER, allowNull: true },
    }),
    { ...modelOptions, sequelize, tableName: "seats", modelName: "seats" },
  );
}

function defineSeatHolder(sequelize: Sequelize) {
  class SeatHolder extends Model<InferAttributes<SeatHolder>, InferCreationAttributes<SeatHolder>> {
    declare id: CreationOptional<number>;
    declare seatId: number;
    declare userId: number;
    declare heldFrom: Date;
    /** Exclusive; null while it lasts. */
    declare heldTo: CreationOptional<Date | null>;
  }
  return SeatHolder.init(
    columns({
      id: identity,
      seatId: { type: DataTypes.INTEGER, allowNull: false },
      userId: { type: DataTypes.INTEGER, allowNull: false },
      heldFrom: moment,
      heldTo: optionalMoment,
    }),
    { ...modelOptions, sequelize, tableName: "seat_holders", modelName: "seat_holders" },
  );
}

function defineChannelKey(sequelize: Sequelize) {
  class ChannelKey extends Model<InferAttributes<ChannelKey>, InferCreationAttributes<ChannelKey>> {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare channel: string;
    declare label: string;
    declare purpose: KeyPurpose;
    /** SHA-256 of the key; the key itself is nowhere. */
    declare keyHash: Buffer;
    declare createdAt: Date;
    declare revokedAt: CreationOptional<Date | null>;
  }
  return ChannelKey.init(
    columns({
      id: identity,
      programme: text,
      channel: text,
      label: text,
      purpose: text,
      keyHash: { type: DataTypes.BLOB, allowNull: false },
      createdAt: moment,
      revokedAt: optionalMoment,
    }),
    { ...modelOptions, sequelize, tableName: "channel_keys", modelName: "channel_keys" },
  );
}

type Values = Record<string, unknown>;
type SetupModel = ModelStatic<Model<Values, Values>>;

const typeOf: Readonly<Record<SetupColumn["kind"], ModelAttributeColumnOptions["type"]>> = {
  text: DataTypes.TEXT,
  email: DataTypes.TEXT,
  date: DataTypes.DATEONLY,
  moment: DataTypes.TEXT,
  timeZone: DataTypes.TEXT,
  outline: DataTypes.TEXT,
  integer: DataTypes.INTEGER,
  flag: DataTypes.BOOLEAN,
  choice: DataTypes.TEXT,
  choices: DataTypes.JSONB,
  reference: DataTypes.TEXT,
  references: DataTypes.JSONB,
  published: DataTypes.TEXT,
  bilingual: DataTypes.TEXT,
  words: DataTypes.JSONB,
  fields: DataTypes.JSONB,
  ladder: DataTypes.JSONB,
  file: DataTypes.JSONB,
};

function attributeOf(column: SetupColumn): ModelAttributeColumnOptions {
  const value = valueWhenAbsent(column);
  const allowNull = "nullable" in column && column.nullable === true;
  return {
    type: typeOf[column.kind],
    allowNull,
    ...(value !== undefined && value !== null && { defaultValue: value }),
  };
}

/** The model of a table of the set-up, as it is declared. */
function defineSetupModel(sequelize: Sequelize, table: SetupTableName): SetupModel {
  class SetupRowModel extends Model<Values, Values> {}
  const columns = ownColumns(table);
  const own = columns
    .filter(([, { storedIn }]) => storedIn === undefined)
    .flatMap(([name, column]) => storedNames(name, column).map((stored) => [stored, attributeOf(column)] as const));
  return SetupRowModel.init(
    {
      id: { ...identity },
      ...(table !== "programmes" && { programme: { ...text } }),
      code: { ...text },
      nameAr: { ...text },
      nameEn: { ...text },
      ...Object.fromEntries(own),
      ...(columns.some(([, { storedIn }]) => storedIn === "settings") && {
        settings: { type: DataTypes.JSONB, allowNull: false },
      }),
      sortOrder: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      retiredAt: { ...optionalMoment },
    },
    { ...modelOptions, sequelize, tableName: table, modelName: table },
  );
}

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
