import { addressFunctions } from './addressFunctions.ts';
import { collectionFunctions } from './collectionFunctions.ts';
import { conversionFunctions } from './conversionFunctions.ts';
import type { HclValue } from './hclValue.ts';
import { numberFunctions } from './numberFunctions.ts';
import { textFunctions } from './textFunctions.ts';

/** Computes a call from its arguments; `UNKNOWN` where an argument that counts is unknown or the call is an error. */
export type ConstantFunction = (values: readonly HclValue[]) => HclValue;

/**
 * The functions of Terraform whose result follows from their arguments alone and that are computed here. Absent on
 * purpose: files, time, randomness, hashes, regular expressions (another dialect than JavaScript's), YAML.
 */
export const constantFunctions: ReadonlyMap<string, ConstantFunction> = new Map([
  ...Object.entries(numberFunctions),
  ...Object.entries(textFunctions),
  ...Object.entries(collectionFunctions),
  ...Object.entries(conversionFunctions),
  ...Object.entries(addressFunctions),
]);
