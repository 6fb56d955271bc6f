/** What PubMed exports, as far as Concord reads it: three invented works, two of them with the invented lead consultant. */
export const aBibliography = `PMID- 90000001
DP  - 2025 Mar 5
TI  - An invented trial of an invented treatment in
      children.
FAU - Invented, Clinician One
AU  - Invented CO
FAU - Consultant, Carla
AU  - Consultant C
FAU - Third, Tom
AU  - Third T
PT  - Journal Article

PMID- 90000002
DP  - 2012
TI  - An older invented case series.
FAU - Consultant, Carla
AU  - Consultant C
FAU - Invented, Clinician One
AU  - Invented CO
PT  - Journal Article

PMID- 90000003
DP  - 2024 Jun
TI  - Work of others.
FAU - Invented, Clinician One
AU  - Invented CO
FAU - Fourth, Fay
AU  - Fourth F
PT  - Journal Article
`
