import type { TerraformPlace } from './terraformSymbol.ts';

/** Something certainly wrong in a module, found without a provider's schema. */
export interface TerraformProblem extends TerraformPlace {
  /** Kebab-case name of the fault. */
  readonly code: string;
  readonly message: string;
  readonly related?: readonly (TerraformPlace & { readonly message: string })[];
}
