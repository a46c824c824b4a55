import { GENERATOR_CASES } from './generatorCases.ts';
import { NAME_CASES } from './nameCases.ts';
import { PATCH_CASES } from './patchCases.ts';
import { REPLACEMENT_CASES } from './replacementCases.ts';

/** Kustomizations whose build is compared with Kustomize's own; the folder `overlay` is what is built. */
export const CASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...NAME_CASES,
  ...PATCH_CASES,
  ...GENERATOR_CASES,
  ...REPLACEMENT_CASES,
};
