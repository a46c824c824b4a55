import type { SourceNode } from '../text/sourceNode.ts';

/** What an API server gets to see of a scalar. `unclear` where YAML 1.1 and 1.2 disagree, or something fills it in later. */
export type ScalarType = 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'unclear';

/** Variables and templates that tools fill in before the document reaches an API server, and what authors leave out. */
const PLACEHOLDER = /\$\{|\{\{|\$\(|<%|\[\[|^(?:\.\.\.|…)$/;

const YAML_1_1_BOOLEAN = /^(?:yes|no|on|off|Yes|No|On|Off|YES|NO|ON|OFF)$/;

/** `y` and `n` are booleans for some readers; digits with underscores and binary numbers are numbers for some. */
const DISPUTED = /^(?:[yYnN]|[-+]?[0-9][0-9_]*_[0-9_.]*|[-+]?0b[01_]+|[-+]?0x[0-9a-fA-F_]+_[0-9a-fA-F_]*)$/;

/** The text holds a placeholder, so that nothing can be said about its value. */
export function hasPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/**
 * The type of a scalar as the tools that talk to Kubernetes read it. They follow YAML 1.1, in which a plain `yes` is a
 * boolean; Slipway's reader follows 1.2, in which it is a string.
 */
export function scalarType(node: SourceNode): ScalarType {
  const { scalar } = node;
  switch (typeof scalar) {
    case 'number':
      return Number.isInteger(scalar) ? 'integer' : 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      if (hasPlaceholder(scalar)) return 'unclear';
      if (node.quoted) return 'string';
      if (YAML_1_1_BOOLEAN.test(scalar)) return 'boolean';
      return DISPUTED.test(scalar) ? 'unclear' : 'string';
    default:
      return scalar === null ? 'null' : 'unclear';
  }
}
