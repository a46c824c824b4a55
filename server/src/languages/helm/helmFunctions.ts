import type { FunctionRow } from './templateFunction.ts';

/** The functions that Helm adds, or gives another meaning than Sprig does. */
export const HELM_FUNCTIONS: readonly FunctionRow[] = [
  [
    'include',
    'name context',
    'scalar',
    'Runs a named template and gives what it renders as a text, which can be piped on, unlike that of `template`.',
  ],
  ['tpl', 'text context', 'scalar', 'Renders a text as a template, e.g. a value that holds actions itself.'],
  [
    'required',
    'message value',
    'any',
    'Gives the value; rendering fails with the message where it is missing or an empty text.',
  ],
  ['fail', 'message', 'scalar', 'Ends rendering with the message.'],
  [
    'lookup',
    'apiVersion kind namespace name',
    'map',
    'Reads an object of the cluster; an empty name gives a list of all. Gives an empty map in `helm template` and in a client-side dry run.',
  ],
  ['toYaml', 'value', 'scalar', 'Writes the value as YAML, without a line break at its end.'],
  ['mustToYaml', 'value', 'scalar', 'Like `toYaml`; rendering fails where the value cannot be written. Since Helm 4.'],
  ['toYamlPretty', 'value', 'scalar', 'Writes the value as YAML with lists indented below their keys.'],
  ['fromYaml', 'text', 'map', 'Reads a YAML text whose root is a map. A fault gives a map with the key `Error`.'],
  ['fromYamlArray', 'text', 'list', 'Reads a YAML text whose root is a list.'],
  ['toJson', 'value', 'scalar', 'Writes the value as JSON on one line; a value that cannot be written gives nothing.'],
  ['mustToJson', 'value', 'scalar', 'Like `toJson`; rendering fails where the value cannot be written.'],
  ['fromJson', 'text', 'map', 'Reads a JSON text whose root is an object. A fault gives a map with the key `Error`.'],
  ['fromJsonArray', 'text', 'list', 'Reads a JSON text whose root is an array.'],
  ['toToml', 'value', 'scalar', 'Writes the value as TOML.'],
  ['mustToToml', 'value', 'scalar', 'Like `toToml`; rendering fails where the value cannot be written. Since Helm 4.'],
  ['fromToml', 'text', 'map', 'Reads a TOML text. A fault gives a map with the key `Error`.'],
];
