/** The bases of the extensions that forms carry: FHIR's own, and those of Structured Data Capture. */
export const standard = 'http://hl7.org/fhir/StructureDefinition';
export const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition';
