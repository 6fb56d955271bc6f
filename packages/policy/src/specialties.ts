import { must, parseTfc, type Tfc } from '@concord/domain/ids'
import { type CalendarDate, parseDate } from '@concord/domain/time'

/** A paediatric treatment function, and the entries of the specialist register that the network takes for it. */
export type Specialty = {
  readonly tfc: Tfc
  readonly name: string
  readonly from: CalendarDate | null
  readonly to: CalendarDate | 'ongoing'
  readonly registers: readonly string[]
}

const paediatric = (...names: readonly string[]) => ['Paediatrics', ...names]
const surgical = (...names: readonly string[]) => ['Paediatric surgery', ...names]

// Codes and names: S-TFC. Start years as the table there gives them, to 1 April [I]. Which entry of the specialist register
// satisfies C37 is configuration of ours [I]: no source sets it, and recent practice in the function is asked for besides.
const rows: readonly (readonly [code: string, name: string, since: number | null, registers: readonly string[]])[] = [
  ['142', 'Paediatric Dentistry', null, ['Paediatric dentistry']],
  ['171', 'Paediatric Surgery', null, surgical()],
  ['211', 'Paediatric Urology', null, surgical('Urology')],
  ['212', 'Paediatric Transplantation Surgery', null, surgical('General surgery', 'Urology')],
  ['213', 'Paediatric Gastrointestinal Surgery', null, surgical('General surgery')],
  ['214', 'Paediatric Trauma and Orthopaedic', null, ['Trauma and orthopaedic surgery']],
  ['215', 'Paediatric Ear Nose and Throat', null, ['Otolaryngology']],
  ['216', 'Paediatric Ophthalmology', null, ['Ophthalmology']],
  ['217', 'Paediatric Oral and Maxillofacial Surgery', null, ['Oral and maxillofacial surgery']],
  ['218', 'Paediatric Neurosurgery', null, ['Neurosurgery']],
  ['219', 'Paediatric Plastic Surgery', null, ['Plastic surgery']],
  ['220', 'Paediatric Burns Care', null, ['Plastic surgery']],
  ['221', 'Paediatric Cardiac Surgery', null, ['Cardiothoracic surgery', 'Congenital cardiac surgery']],
  ['222', 'Paediatric Thoracic Surgery', null, surgical('Cardiothoracic surgery')],
  ['223', 'Paediatric Epilepsy', 2013, paediatric('Paediatric neurology')],
  ['230', 'Paediatric Clinical Pharmacology', 2021, paediatric('Clinical pharmacology and therapeutics')],
  ['240', 'Paediatric Palliative Medicine', 2021, paediatric('Palliative medicine', 'Paediatric palliative medicine')],
  ['241', 'Paediatric Pain Management', null, paediatric('Anaesthetics')],
  [
    '242',
    'Paediatric Intensive Care',
    null,
    paediatric('Paediatric intensive care medicine', 'Intensive care medicine', 'Anaesthetics'),
  ],
  ['250', 'Paediatric Hepatology', 2021, paediatric('Paediatric gastroenterology, hepatology and nutrition')],
  ['251', 'Paediatric Gastroenterology', null, paediatric('Paediatric gastroenterology, hepatology and nutrition')],
  ['252', 'Paediatric Endocrinology', null, paediatric('Paediatric diabetes and endocrinology')],
  ['253', 'Paediatric Clinical Haematology', null, paediatric('Haematology')],
  ['254', 'Paediatric Audio Vestibular', null, paediatric('Audiovestibular medicine')],
  [
    '255',
    'Paediatric Immunology and Allergy',
    null,
    paediatric('Paediatric allergy, immunology and infectious diseases', 'Immunology', 'Allergy'),
  ],
  [
    '256',
    'Paediatric Infectious Diseases',
    null,
    paediatric('Paediatric allergy, immunology and infectious diseases', 'Infectious diseases'),
  ],
  ['257', 'Paediatric Dermatology', null, ['Dermatology']],
  ['258', 'Paediatric Respiratory Medicine', null, paediatric('Paediatric respiratory medicine')],
  ['259', 'Paediatric Nephrology', null, paediatric('Paediatric nephrology')],
  ['260', 'Paediatric Medical Oncology', null, paediatric('Paediatric oncology')],
  ['261', 'Paediatric Inherited Metabolic Medicine', null, paediatric('Paediatric inherited metabolic medicine')],
  ['262', 'Paediatric Rheumatology', null, paediatric('Paediatric rheumatology')],
  ['263', 'Paediatric Diabetes', null, paediatric('Paediatric diabetes and endocrinology')],
  ['264', 'Paediatric Cystic Fibrosis', null, paediatric('Paediatric respiratory medicine')],
  ['270', 'Paediatric Emergency Medicine', 2021, paediatric('Paediatric emergency medicine', 'Emergency medicine')],
  ['280', 'Paediatric Interventional Radiology', null, ['Clinical radiology', 'Interventional radiology']],
  ['290', 'Community Paediatric', null, paediatric('Community child health')],
  ['291', 'Paediatric Neurodisability', null, paediatric('Paediatric neurodisability')],
  ['311', 'Clinical Genetics', null, ['Clinical genetics']],
  ['321', 'Paediatric Cardiology', null, ['Paediatric cardiology']],
  ['331', 'Congenital Heart Disease', null, ['Paediatric cardiology', 'Cardiology']],
  ['333', 'Rare Disease', 2021, paediatric('Clinical genetics')],
  ['420', 'Paediatric (general)', null, paediatric()],
  ['421', 'Paediatric Neurology', null, paediatric('Paediatric neurology')],
  ['422', 'Neonatal Critical Care', null, paediatric('Neonatal medicine')],
  ['424', 'Well Baby', null, paediatric('Neonatal medicine')],
  ['505', 'Fetal Medicine', 2021, ['Obstetrics and gynaecology', 'Maternal and fetal medicine']],
  ['711', 'Child and Adolescent Psychiatry', null, ['Child and adolescent psychiatry']],
]

/** The paediatric specialties a request can be for. */
export const specialties: readonly Specialty[] = rows.map(([code, name, since, registers]) => ({
  tfc: must(parseTfc, code),
  name,
  from: since === null ? null : must(parseDate, `${since}-04-01`),
  to: 'ongoing',
  registers,
}))

/** The specialty of a treatment function code; none for a code that is not paediatric. */
export const specialtyOf = (tfc: Tfc): Specialty | undefined => specialties.find((one) => one.tfc === tfc)
