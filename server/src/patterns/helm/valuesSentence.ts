import type { ErrorObject } from 'ajv';
import type { SourceNode } from '../../text/sourceNode.ts';

/** What is wrong with the value at `path`, in one sentence; the value itself is not in it, for it may be secret. */
export function valuesSentence({ keyword, params, message }: ErrorObject, path: string, node: SourceNode): string {
  const what = path === '' ? 'The values as a whole' : path;
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return `The schema of the values knows no ${path}.`;
    case 'required':
      return `The schema of the values demands ${join(path, params['missingProperty'])}, which is set nowhere.`;
    case 'type': {
      const wanted = [params['type']].flat().map((type) => article(String(type)));
      return `${what} is ${article(typeOf(node))}, and the schema of the values wants ${wanted.join(' or ')}.`;
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).map((value) => JSON.stringify(value));
      return allowed.length > 12
        ? `${what} is none of the ${allowed.length} values that the schema allows.`
        : `${what} is not one of ${allowed.join(', ')}, which the schema of the values allows.`;
    }
    case 'const':
      return `${what} is not ${JSON.stringify(params['allowedValue'])}, which the schema of the values wants.`;
    case 'pattern':
      return `${what} does not match ${params['pattern']}, which the schema of the values wants.`;
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return `${what} does not fit what the schema of the values says of it.`;
    case 'false schema':
      return `The schema of the values allows no ${path}.`;
    default:
      return `${what} ${message ?? 'does not fit'}, says the schema of the values.`;
  }
}

function join(path: string, key: unknown): string {
  return path === '' ? String(key) : `${path}.${key}`;
}

function typeOf(node: SourceNode): string {
  if (node.kind === 'map') return 'object';
  if (node.kind === 'list') return 'array';
  return node.scalar === null ? 'null' : typeof node.scalar;
}

function article(type: string): string {
  if (type === 'null') return 'null';
  return `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`;
}
