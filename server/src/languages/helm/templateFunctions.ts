import { GO_FUNCTIONS } from './goFunctions.ts';
import { HELM_FUNCTIONS } from './helmFunctions.ts';
import { SPRIG_DATA_FUNCTIONS } from './sprigDataFunctions.ts';
import { SPRIG_TEXT_FUNCTIONS } from './sprigTextFunctions.ts';
import { SPRIG_VALUE_FUNCTIONS } from './sprigValueFunctions.ts';
import { type TemplateFunction, templateFunction } from './templateFunction.ts';

/** Every function that a template of a Helm chart can call, by name; what comes later replaces what came before. */
export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map(
  [
    ...GO_FUNCTIONS.map((row) => templateFunction('go', row)),
    ...[...SPRIG_TEXT_FUNCTIONS, ...SPRIG_DATA_FUNCTIONS, ...SPRIG_VALUE_FUNCTIONS].map((row) =>
      templateFunction('sprig', row),
    ),
    ...HELM_FUNCTIONS.map((row) => templateFunction('helm', row)),
  ].map((definition) => [definition.name, definition]),
);
