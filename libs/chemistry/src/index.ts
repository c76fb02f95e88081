export { elements, type Element } from './elements.js';
export { formulaParts, isFormula, parseFormula, type ElementAmount, type FormulaPart } from './formula.js';
export { FormulaError } from './formulaError.js';
export type { Variables } from './formulaReader.js';
export { formatFormula, type FormulaFormat } from './formatFormula.js';
export { molarMass, precursorMasses, type PrecursorMass } from './recipe.js';
export { PropertyError, type PropertyErrorCode } from './errors.js';
export {
  checkUnit,
  convert,
  fromModelScale,
  properties,
  toModelScale,
  type ModelScale,
  type Property,
} from './properties.js';
export { conductivityFromImpedance, type Impedance } from './impedance.js';
export { boltzmannEvPerK, fitArrhenius, type ArrheniusFit } from './arrhenius.js';
export {
  descriptorNames,
  descriptors,
  lithiumDescriptorNames,
  lithiumDescriptors,
} from './descriptors/descriptors.js';
export { elementDescriptors } from './descriptors/elementDescriptors.js';
export { propertyNames } from './descriptors/elementProperties.js';
export type { Amounts } from './amounts.js';
export {
  chargeNeutrality,
  chargeOf,
  neutral,
  type AssignedState,
  type ChargeAssignment,
  type ChargeNeutrality,
  type NeutralityOptions,
} from './charge/neutrality.js';
export { oxidationStates, type OxidationState } from './charge/states.js';
export { recipe, type Precursor, type Recipe, type RecipeLine, type RecipeRequest } from './recipe/recipe.js';
export { RecipeError, type RecipeErrorCode } from './recipe/recipeError.js';
