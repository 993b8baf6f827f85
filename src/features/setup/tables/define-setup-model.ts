/** The model of a table of the set-up, as it is declared. */

import { DataTypes, Model, type ModelAttributeColumnOptions, type ModelStatic, type Sequelize } from "sequelize";
import type { SetupColumn } from "../../../engine/setup/tables/define-setup-table.js";
import {
  ownColumns,
  type SetupTableName,
  storedNames,
  valueWhenAbsent,
} from "../../../engine/setup/tables/setup-registry.js";
import { identity, modelOptions, optionalMoment, text } from "./model-columns.js";

type Values = Record<string, unknown>;
export type SetupModel = ModelStatic<Model<Values, Values>>;

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

export function defineSetupModel(sequelize: Sequelize, table: SetupTableName): SetupModel {
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
