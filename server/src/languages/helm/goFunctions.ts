import type { FunctionRow } from './templateFunction.ts';

/** The functions that every Go template has. */
export const GO_FUNCTIONS: readonly FunctionRow[] = [
  [
    'and',
    'value values…',
    'any',
    'Gives the first empty argument, or the last one where none is empty. Stops at the first that is empty.',
  ],
  [
    'or',
    'value values…',
    'any',
    'Gives the first argument that is not empty, or the last one. Stops at the first that is not empty.',
  ],
  ['not', 'value', 'scalar', 'Whether the value is empty.'],
  ['eq', 'value other others…', 'scalar', 'Whether the first value equals any of the others.'],
  ['ne', 'a b', 'scalar', 'Whether two values differ.'],
  ['lt', 'a b', 'scalar', 'Whether `a` is less than `b`. Both must be of the same type.'],
  ['le', 'a b', 'scalar', 'Whether `a` is less than or equal to `b`.'],
  ['gt', 'a b', 'scalar', 'Whether `a` is greater than `b`.'],
  ['ge', 'a b', 'scalar', 'Whether `a` is greater than or equal to `b`.'],
  ['call', 'function arguments…', 'any', 'Calls a value that is a function.'],
  ['html', 'values…', 'scalar', 'Joins the values and escapes them for HTML.'],
  [
    'index',
    'collection keys…',
    'any',
    'Goes into a map or list by one key or position after the other. A key that a map lacks gives nothing; a position out of range fails.',
  ],
  ['js', 'values…', 'scalar', 'Joins the values and escapes them for JavaScript.'],
  ['len', 'value', 'scalar', 'The length of a text in bytes, of a list or of a map.'],
  ['print', 'values…', 'scalar', 'Joins the values; a blank stands between two that are no texts.'],
  ['printf', 'format values…', 'scalar', 'Fills the verbs of a format (`%s`, `%d`, `%v`, `%q`) with values.'],
  ['println', 'values…', 'scalar', 'Joins the values with blanks and ends with a line break.'],
  ['urlquery', 'values…', 'scalar', 'Joins the values and escapes them for the query of a URL.'],
];
