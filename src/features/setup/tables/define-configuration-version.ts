/** Versions of rule sets, workflows, calendars, letters and digests. A published definition is never altered. */
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import { columns, identity, modelOptions, moment, optionalMoment, optionalText, text } from "./model-columns.js";

const optionalNumber = { type: DataTypes.INTEGER, allowNull: true };

export const configurationKinds = ["rules", "workflow", "calendar", "message", "digest"] as const;
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
