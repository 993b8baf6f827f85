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
import { defineConfigurationVersion } from "./define-configuration-version.js";
import { columns, identity, modelOptions, moment, optionalMoment, optionalText, text } from "./model-columns.js";

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
