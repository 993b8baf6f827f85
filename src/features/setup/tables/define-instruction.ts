/** The model of the register of instructions. */

import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import type { FileOfInstruction } from "../../../engine/setup/setup.js";
import { columns, flag, labelledColumns, modelOptions, optionalText, text } from "./define-labelled.js";

const codes = { type: DataTypes.JSONB, allowNull: false, defaultValue: [] };
const day = { type: DataTypes.DATEONLY, allowNull: false };

export function defineInstruction(sequelize: Sequelize) {
  class InstructionRow extends Model<InferAttributes<InstructionRow>, InferCreationAttributes<InstructionRow>> {
    declare id: CreationOptional<number>;
    declare programme: string;
    declare code: string;
    declare nameAr: string;
    declare nameEn: string;
    declare number: string;
    declare issuedOn: string;
    declare inForceFrom: string;
    declare textAr: string;
    declare textEn: string;
    declare toAll: CreationOptional<boolean>;
    declare toSectors: CreationOptional<readonly string[]>;
    declare toSubtrees: CreationOptional<readonly string[]>;
    declare toEntities: CreationOptional<readonly string[]>;
    declare replaces: CreationOptional<string | null>;
    declare issuedAt: CreationOptional<string | null>;
    declare file: CreationOptional<FileOfInstruction | null>;
    declare sortOrder: CreationOptional<number>;
    declare retiredAt: CreationOptional<Date | null>;
  }
  return InstructionRow.init(
    columns({
      ...labelledColumns,
      number: text,
      issuedOn: day,
      inForceFrom: day,
      textAr: text,
      textEn: text,
      toAll: flag,
      toSectors: codes,
      toSubtrees: codes,
      toEntities: codes,
      replaces: optionalText,
      issuedAt: optionalText,
      file: { type: DataTypes.JSONB, allowNull: true },
    }),
    { ...modelOptions, sequelize, tableName: "instructions", modelName: "instructions" },
  );
}
