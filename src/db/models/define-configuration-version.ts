/** Versions of rule sets, workflows and calendars. A published definition is never altered. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import { columns, identity, modelOptions, moment, optionalMoment, optionalText, text } from "./define-labelled.js";

export const configurationKinds = ["rules", "workflow", "calendar"] as const;
export type ConfigurationKind = (typeof configurationKinds)[number];
export type VersionStatus = "draft" | "published" | "retired";

export function defineConfigurationVersion(sequelize: Sequelize) {
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
    }),
    { ...modelOptions, sequelize, tableName: "configuration_versions", modelName: "configuration_versions" },
  );
}
