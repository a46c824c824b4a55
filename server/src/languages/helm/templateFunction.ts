/** Where a function comes from: Go's template language, the Sprig library, or Helm itself. */
export type FunctionOrigin = 'go' | 'sprig' | 'helm';

export interface TemplateFunction {
  readonly name: string;
  readonly origin: FunctionOrigin;
  readonly parameters: readonly FunctionParameter[];
  readonly returns: FunctionResult;
  /** One sentence or two. */
  readonly documentation: string;
}

export interface FunctionParameter {
  readonly name: string;
  readonly isOptional: boolean;
  /** Takes this and every following argument; always the last. */
  readonly isRepeated: boolean;
}

/** `scalar` is a text, a number or a boolean. */
export type FunctionResult = 'scalar' | 'list' | 'map' | 'any';

/**
 * A function in one line of data: name, parameters parted by blanks (`name?` may be left out, `name…` stands for any
 * number, also none), what it gives, documentation.
 */
export type FunctionRow = readonly [name: string, parameters: string, returns: FunctionResult, documentation: string];

export function templateFunction(
  origin: FunctionOrigin,
  [name, parameters, returns, documentation]: FunctionRow,
): TemplateFunction {
  return {
    name,
    origin,
    returns,
    documentation,
    parameters: parameters.split(' ').flatMap((written) => {
      if (written === '') return [];
      const isRepeated = written.endsWith('…');
      const isOptional = isRepeated || written.endsWith('?');
      return [{ name: isOptional ? written.slice(0, -1) : written, isOptional, isRepeated }];
    }),
  };
}

/** `indent width text`, the way a call is written. */
export function functionLabel({ name, parameters }: TemplateFunction): string {
  return [name, ...parameters.map(parameterLabel)].join(' ');
}

export function parameterLabel({ name, isOptional, isRepeated }: FunctionParameter): string {
  return isRepeated ? `[${name}…]` : isOptional ? `[${name}]` : name;
}
