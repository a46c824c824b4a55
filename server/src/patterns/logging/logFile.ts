import type { Place, SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';

/** One `key value` of a section; keys are compared without case. */
export interface LogSetting {
  readonly key: string;
  readonly value: string;
  /** The value, or the key where there is no value. */
  readonly at: Place;
}

export type LogSectionKind = 'service' | 'input' | 'filter' | 'output' | 'parser' | 'multiline parser' | 'other';

/** A section of an agent's configuration: an input, a filter, an output, a parser. */
export interface LogSection {
  readonly kind: LogSectionKind;
  /** `tail`, `es`; undefined where the section does not say, or where something fills it in. */
  readonly plugin: string | undefined;
  /** What a finding about the whole section points to. */
  readonly at: Place;
  readonly settings: readonly LogSetting[];
}

/** What an agent cannot read. */
export interface LogFault {
  readonly at: Place;
  readonly message: string;
}

export interface LogFile {
  readonly agent: 'Fluent Bit' | 'Fluentd';
  /** The entry of the ConfigMap. */
  readonly file: SourceNode;
  readonly sections: readonly LogSection[];
  readonly faults: readonly LogFault[];
  /** Files that it includes, as written. */
  readonly includes: readonly string[];
}

/** Everything that one ConfigMap says to one agent. */
export interface LogConfiguration {
  readonly resource: Resource;
  readonly agent: LogFile['agent'];
  readonly files: readonly LogFile[];
  readonly sections: readonly LogSection[];
  /** A template writes a part of it. */
  readonly open: boolean;
  /** It includes files that are not in the ConfigMap: further sections may come from there. */
  readonly partial: boolean;
}

/** The value of a setting, by any of its names. */
export function settingOf(section: LogSection, ...keys: readonly string[]): LogSetting | undefined {
  return section.settings.find(({ key }) => keys.includes(key));
}

/** A value that is written here, and not filled in from the environment. */
export function isFixed(value: string | undefined): value is string {
  return value !== undefined && !/\$\{|\{\{|#\{/.test(value);
}
