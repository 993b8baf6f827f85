/** Models of people: users, the seats they sit on from–to, and the keys of channels. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import type { KeyPurpose } from "../../../engine/access/key-purposes.js";
import type { RoleCode } from "../../../engine/access/roles.js";
import type { Language } from "../../../engine/text/text.js";
import { columns, identity, modelOptions, moment, optionalMoment, optionalText, text } from "./model-columns.js";

export function defineUser(sequelize: Sequelize) {
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

export function defineSeat(sequelize: Sequelize) {
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

export function defineSeatHolder(sequelize: Sequelize) {
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

export function defineChannelKey(sequelize: Sequelize) {
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
