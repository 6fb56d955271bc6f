// Common names of people in the United Kingdom, joined by number: nobody real is meant.
const given =
  `Amina Rhys Priya Callum Ngozi Siân Tomasz Farah Ewan Mei Oluwaseun Catriona Imran Bronwen Kofi Aoife Rajesh
Eleanor Yusuf Niamh Dilip Morag Thandiwe Gareth Leila Alasdair Chidi Harriet Sanjay Zofia Idris Bethan Hamza Fiona Ravi
Adaeze Owen Shabnam Duncan Lakshmi Patrick Nadia Emeka Megan Wei Samira Lewis`.split(/\s+/)
const family =
  `Okonkwo Pritchard Raman MacAllister Begum Whitcombe Nowak Adeyemi Trelawny Hussain Llewellyn Chaudhry Fernsby
Mensah O'Rourke Patel Kowalczyk Drummond Siddiqui Ashworth Tan Eze Penrose Iyer Gallagher Rahman Thistlewood Boateng
Fitzgerald Kaur Vaughan Osei Hargreaves Malik Sutherland Nair Blackwood Abiola Carew Zaman McBride Desai Winterbourne
Achebe Rowlands Ansari Lockhart Perera Farquhar Banerjee Tregenza Szymański Oyelaran`.split(/\s+/)

/** The name of the nth invented clinician. The two lists have no common factor, so 2,000 are all different. */
export const inventedName = (n: number) => `${given[(n * 5) % given.length]} ${family[(n * 7) % family.length]}`
