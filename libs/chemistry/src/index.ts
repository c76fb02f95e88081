export { elements, type Element } from './elements.js';
export { formulaParts, isFormula, parseFormula, type ElementAmount, type FormulaPart } from './formula.js';
export { FormulaError } from './formulaError.js';
export type { Variables } from './formulaReader.js';
export { formatFormula, type FormulaFormat } from './formatFormula.js';
export { molarMass } from './recipe/molarMass.js';
export { mixtureRecipe, precursorMasses, type MixtureRequest, type PrecursorMass } from './recipe/mixture.js';
export { PropertyError, type PropertyErrorCode } from './errors.js';
export {
  checkUnit,
  conversion,
  convert,
  convertDifference,
  properties,
  type Property,
} from './properties/properties.js';
export { fromModelScale, toModelScale, type ModelScale } from './properties/modelScale.js';
export { conductivityFromImpedance, type Impedance } from './conductivity/impedance.js';
export {
  pelletConductivity,
  type PelletConductivity,
  type PelletMeasurement,
  type PelletOptions,
} from './conductivity/pellet.js';
export type { EffectiveMedium } from './conductivity/effectiveMedium.js';
export type { Quantity } from './conductivity/quantity.js';
export {
  boltzmannEvPerK,
  fitArrhenius,
  type ArrheniusFit,
  type ArrheniusOptions,
  type ArrheniusPrediction,
} from './conductivity/arrhenius.js';
export type { ArrheniusFlag, ArrheniusFlagCode } from './conductivity/arrheniusFlags.js';
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
  NeutralityUnknownError,
  type AssignedState,
  type ChargeAssignment,
  type ChargeNeutrality,
  type NeutralityOptions,
} from './charge/neutrality.js';
export { oxidationStates, type OxidationState } from './charge/states.js';
export { recipe, type RecipeRequest } from './recipe/recipe.js';
export type { Precursor, Recipe, RecipeLine } from './recipe/recipeTypes.js';
export { RecipeError, type RecipeErrorCode } from './recipe/recipeError.js';
