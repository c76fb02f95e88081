import { conversion } from '@ionloop/chemistry';
import type { JsonObject } from '@ionloop/domain';

/** Words that other programs know. The context stands in each document, so that nobody has to fetch it. */
export const context: JsonObject = {
  loop: 'urn:ionloop:',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  prov: 'http://www.w3.org/ns/prov#',
  qudt: 'http://qudt.org/schema/qudt/',
  unit: 'http://qudt.org/vocab/unit/',
  schema: 'https://schema.org/',
  emmo: 'https://w3id.org/emmo#',
  electrochemistry: 'https://w3id.org/emmo/domain/electrochemistry#',
  name: 'schema:name',
  description: 'schema:description',
  identifier: 'schema:identifier',
  license: { '@id': 'schema:license', '@type': '@id' },
  creator: { '@id': 'schema:creator', '@type': '@id' },
  created: { '@id': 'schema:dateCreated', '@type': 'xsd:dateTime' },
  hasPart: { '@id': 'schema:hasPart', '@type': '@id' },
  contentUrl: { '@id': 'schema:contentUrl', '@type': '@id' },
  encodingFormat: 'schema:encodingFormat',
  contentSize: 'schema:contentSize',
  sha256: 'schema:sha256',
  unitText: 'schema:unitText',
  textValue: 'schema:value',
  quantityValue: 'qudt:quantityValue',
  numericValue: { '@id': 'qudt:numericValue', '@type': 'xsd:double' },
  standardUncertainty: { '@id': 'qudt:standardUncertainty', '@type': 'xsd:double' },
  inUnit: { '@id': 'qudt:hasUnit', '@type': '@id' },
  wasGeneratedBy: { '@id': 'prov:wasGeneratedBy', '@type': '@id' },
  wasDerivedFrom: { '@id': 'prov:wasDerivedFrom', '@type': '@id' },
  wasAttributedTo: { '@id': 'prov:wasAttributedTo', '@type': '@id' },
  wasAssociatedWith: { '@id': 'prov:wasAssociatedWith', '@type': '@id' },
  wasInformedBy: { '@id': 'prov:wasInformedBy', '@type': '@id' },
  used: { '@id': 'prov:used', '@type': '@id' },
  atTime: { '@id': 'prov:atTime', '@type': 'xsd:dateTime' },
  startedAtTime: { '@id': 'prov:startedAtTime', '@type': 'xsd:dateTime' },
  endedAtTime: { '@id': 'prov:endedAtTime', '@type': 'xsd:dateTime' },
  hasMeasuredProperty: { '@id': 'emmo:EMMO_fd689787_31b0_41cf_bf03_0d69af76469d', '@type': '@id' },
  hasProperty: { '@id': 'emmo:EMMO_e1097637_70d2_4895_973f_2396f04fa204', '@type': '@id' },
  hasNumericalPart: { '@id': 'emmo:EMMO_8ef3cd6d_ae58_4a8d_9fc0_ad8f49015cd0', '@type': '@id' },
  hasNumberValue: { '@id': 'emmo:EMMO_faf79f53_749d_40b2_807c_d34244c192f4', '@type': 'xsd:double' },
  hasConstituent: { '@id': 'emmo:EMMO_dba27ca1_33c9_4443_a912_1519ce4c39ec', '@type': '@id' },
  hasInput: { '@id': 'emmo:EMMO_36e69413_8c59_4799_946c_10b05d266e22', '@type': '@id' },
  // What Ionloop alone says.
  state: 'loop:term/state',
  origin: 'loop:term/origin',
  outcome: 'loop:term/outcome',
  status: 'loop:term/status',
  flag: 'loop:term/flag',
  note: 'loop:term/note',
  reason: 'loop:term/reason',
  specHash: 'loop:term/specHash',
  goal: 'loop:term/goal',
  seed: 'loop:term/seed',
  strategy: { '@id': 'loop:term/strategy', '@type': '@json' },
  space: { '@id': 'loop:term/space', '@type': '@json' },
  conditions: { '@id': 'loop:term/conditions', '@type': '@json' },
  asHandedIn: { '@id': 'loop:term/asHandedIn', '@type': '@json' },
  requestHash: 'loop:term/requestHash',
  answerHash: 'loop:term/answerHash',
  trainingHash: 'loop:term/trainingHash',
  headHash: 'loop:term/headHash',
  plannerVersion: 'loop:term/plannerVersion',
  predictedMean: { '@id': 'loop:term/predictedMean', '@type': 'xsd:double' },
  predictedSd: { '@id': 'loop:term/predictedSd', '@type': 'xsd:double' },
  modelScale: 'loop:term/modelScale',
};

/** Classes of EMMO and BattINFO, under the IRIs that BattINFO's own context gives their names. */
export const classes = {
  dataset: 'emmo:EMMO_194e367c_9783_4bf5_96d0_9ad597d48d9a',
  experiment: 'emmo:EMMO_22522299_4091_4d1f_82a2_3890492df6db',
  material: 'emmo:EMMO_4207e895_8b83_4318_996a_72cfb32acd94',
  measurement: 'emmo:EMMO_463bcfda_867b_41d9_a967_211d4d437cfb',
  measuredProperty: 'emmo:EMMO_873b0ab3_88e6_4054_b901_5531e01f14a4',
  realData: 'emmo:EMMO_18d180e4_5e3e_42f7_820c_e08951223486',
  amountFraction: 'emmo:EMMO_04b3300c_98bd_42dc_a3b5_e6c29d69f1ac',
} as const;

const ofProperty: Readonly<Record<string, string>> = {
  ionic_conductivity: 'electrochemistry:electrochemistry_25dabdc2_68bf_4a38_8cbe_11be017358bc',
  electronic_conductivity: 'electrochemistry:electrochemistry_ce74d2dc_d496_4116_b2fb_3e83d88bc744',
  activation_energy: 'electrochemistry:electrochemistry_d7f8cab9_b035_4ecd_be63_292672572526',
  density: 'emmo:EMMO_06448f64_8db6_4304_8b2c_e785dba82044',
  temperature: 'emmo:EMMO_affe07e4_e9bc_4852_86c6_69e26182a17f',
  voltage: 'emmo:EMMO_17b031fb_4695_49b6_bb69_189ec63df3ee',
  current_density: 'emmo:EMMO_7c8007b0_58a7_4486_bf1c_4772852caca0',
  resistance: 'emmo:EMMO_e88f75d6_9a17_4cfc_bdf7_43d7cea5a9a1',
  thickness: 'emmo:EMMO_43003c86_9d15_433b_9789_ee2940920656',
  area: 'emmo:EMMO_96f39f77_44dc_491b_8fa7_30d887fe0890',
  time: 'emmo:EMMO_d4f7d378_5e3b_468a_baa1_a7e98358cda7',
  mass: 'emmo:EMMO_ed4af7ae_63a2_497e_bb88_2309619ea405',
  pressure: 'emmo:EMMO_50a44256_9dc5_434b_bad4_74a4d9a29989',
};

/** What a measured property is called there; a property without a class of its own is at least a measured one. */
export const classesOf = (property: string): readonly string[] => {
  const own = Object.hasOwn(ofProperty, property) ? ofProperty[property] : undefined;
  return own === undefined ? [classes.measuredProperty] : [classes.measuredProperty, own];
};

const units: Readonly<Record<string, string>> = {
  'S/cm': 'S-PER-CentiM',
  'mS/cm': 'MilliS-PER-CentiM',
  'µS/cm': 'MicroS-PER-CentiM',
  'S/m': 'S-PER-M',
  'mS/m': 'MilliS-PER-M',
  eV: 'EV',
  'kJ/mol': 'KiloJ-PER-MOL',
  'kcal/mol': 'KiloCAL-PER-MOL',
  '1': 'UNITLESS',
  '': 'UNITLESS',
  '%': 'PERCENT',
  'g/cm³': 'GM-PER-CentiM3',
  'g/cm3': 'GM-PER-CentiM3',
  'kg/m³': 'KiloGM-PER-M3',
  'g/mL': 'GM-PER-MilliL',
  K: 'K',
  '°C': 'DEG_C',
  '°F': 'DEG_F',
  V: 'V',
  mV: 'MilliV',
  'A/m²': 'A-PER-M2',
  'A/cm²': 'A-PER-CentiM2',
  Ω: 'OHM',
  kΩ: 'KiloOHM',
  MΩ: 'MegaOHM',
  GΩ: 'GigaOHM',
  mΩ: 'MilliOHM',
  cm: 'CentiM',
  mm: 'MilliM',
  µm: 'MicroM',
  nm: 'NanoM',
  m: 'M',
  'cm²': 'CentiM2',
  'mm²': 'MilliM2',
  'µm²': 'MicroM2',
  'm²': 'M2',
  s: 'SEC',
  min: 'MIN',
  h: 'HR',
  d: 'DAY',
  ms: 'MilliSEC',
  g: 'GM',
  mg: 'MilliGM',
  µg: 'MicroGM',
  kg: 'KiloGM',
  MPa: 'MegaPA',
  Pa: 'PA',
  kPa: 'KiloPA',
  GPa: 'GigaPA',
  bar: 'BAR',
  mbar: 'MilliBAR',
  atm: 'ATM',
  Torr: 'TORR',
  'mol/kg': 'MOL-PER-KiloGM',
  'mol/L': 'MOL-PER-L',
  M: 'MOL-PER-L',
  rpm: 'REV-PER-MIN',
  Hz: 'HZ',
  mol: 'MOL',
  W: 'W',
  'K/min': 'K-PER-MIN',
  '°C/min': 'DEG_C-PER-MIN',
};
/** Units that QUDT has no name for, in one that it has. */
const instead: Readonly<Record<string, string>> = {
  meV: 'eV',
  'mA/cm²': 'A/m²',
  'µA/cm²': 'A/m²',
};

/** A value with its unit, as QUDT says it; where QUDT does not know the unit, with the unit's name alone. */
export function quantity(value: number, unit: string, uncertainty: number | null = null): JsonObject {
  const other = Object.hasOwn(instead, unit) ? instead[unit] : undefined;
  const convert = other === undefined ? null : conversion(unit, other);
  const named = other !== undefined && convert !== null ? other : unit;
  const term = Object.hasOwn(units, named) ? units[named] : undefined;
  const of = convert ?? ((plain: number) => plain);
  return {
    '@type': 'qudt:QuantityValue',
    numericValue: of(value),
    ...(term !== undefined && { inUnit: `unit:${term}` }),
    ...(uncertainty !== null && { standardUncertainty: of(uncertainty) }),
    ...(unit !== '' && { unitText: named }),
  };
}
