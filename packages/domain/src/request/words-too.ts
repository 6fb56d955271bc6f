// Names that are also words, in small letters. A list of our own: whoever misses one is asked nothing and refused, and can write “the child”.
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Short words, units and forms of verbs that some name, or its plural, is spelt like. */
const short = words(`
  ad ah al am an as at ax be bi bo by ca cm da de di do dr du ed eg el em en er ex fe ff go ha he hi ho ie if il im in io
  is it iv kg la le lo li lu ma me mg mi ml mm mo mr ms mu my na ne ng ni no nu ob od of oh ok on op or os ow ox pa ph
  pi po pt re rh ri ro sa se sh si so st su ta te th ti to uk un up us ut va vi vs we wo ya ye yo
  and any are bin but can did does for had has her hes his how ins its les mac may men mes nor not one our out sam see she
  the too two use van von was way who why yes you
  been both came case cases come does done each even ever from gave give goes have here hers into just keep kept less like
  lines made make many more most much must need next none once only over same seen some soon such take than that them then
  there these they this thus till time tons took upon very want wants well went were what when which while will with your
`)

/** Given names and family names that are words of everyday English, of a brief or of medicine. */
const names = words(`
  abbott able alma amber amity angel april arch archer art ash aspen august autumn bailey baker banks barber bass bay bean bee bell
  berry best bill birch bird bishop black blake bliss blossom blue bond bone booth bowman bow boy bray bridge bright brook brooks
  brown buck bud burn burns bush butcher butler buddy cain cane cannon carol carter case cash castle chance chandler charity chase
  child childs christian church clay clement cliff clover coach coal cole cook cooper coral cotton coward cox crane crisp croft
  cross crow cruz daily daisy dale dally dane dash dawn day dean dear dee dell den destiny dew diamond dick dill dolly don dot
  drew drake dray duke dusty early earl east ebony eden ember english eve ever exact faith fall fawn fay field fields finch fish fisher fleet
  fleming flint flora ford forest fortune foster fowl fox frank freed freedom french friend frost gale garland gay gem gene ginger glade
  glen gold good golden grace grand grant gray green grey grove guy hale hall hand hands happy harbour hardy harmony harper
  harry hart hay hazel head heath heather heart heaven helm henna hill hills hob holly honey honor honour hood hook hope hopes
  horn house hunt hunter ingle iris ivory ivy jack jade jasmine jasper jay jean jet jewel job john joker joy joys judge jule june
  justice karma kay keen kerry key kid kidd kidney king kit kitty knight lake lamb lance lane lark laurel law lawn leaf lee leigh lent lid
  light lily lime line little lock logan long lord lot love loving low luck lucky lynx mac major male man manna many margin marsh mark
  marks marina martin mason mat matt max mead meek melody mercer mercy merit merry mike mild miles mill miller mills mint misty mole
  moon moor moore moss mould mount myrtle neat neal neo nell new nick night noble noon north nova nurse oak oaks ocean olive opal
  orb pace page palm pansy park parker parks parsley pat patch patience paul pearl peace pen penny pepper perry petal peter piper
  pitt place plum pond poppy porter posy potter power precious press price primrose prince princess promise prudence quick quill
  rain raven ray read reading red reed reef rich richer rick river rivers rob robin rock rod rose roses rosemary rosy row rowan
  ruby rue rush rush russet rust rusty sadler sage sailor sally salt sandy sapphire savannah scarlet school scott season seal serene
  serenity shade sharp shaw shell shepherd shore short silver skip sky skye slate slater small smart smith smooth snow south
  sparrow spring staff star starr sterling stew still stone storm story strange street strong sue summer summers sun sunny sunday
  swan sweet swift tab tailor tanner tate taylor teal temple terry thorn thyme tide tiger tina tom tone toy tracy tree trip troy true
  truth tucker turner tweed unity usher vale verity vic victor victory vine viola violet virtue wade wait walker wall wally
  walter ward wards warden warm waters watt way weaver webb wells west wheat wheeler white whiting wild will wills willow
  wills willing win wing winter winters wise wolf wood woods woody word worth wren wright young younger zen zest zinnia
  alan allen angelman arnold becker blalock christmas crohn down downs dravet duchenne ebstein ewing fabry fallot fontan gaucher
  glenn graves hodgkin hurler kawasaki lennox marfan noonan norwood pompe rett ross taussig todd turners wilms wilson wilsons
  chelsea devon florence georgia india israel jordan kent london paris sydney
  monday tuesday wednesday thursday friday saturday january february march may july september october november december
`)

/** Whether what is spelt like a name is as likely to be a word. */
export const isWordToo = (word: string): boolean => short.has(word) || names.has(word)
