export const english = `
{news} = news|update|updates|progress|word|luck|movement
[threat]
go|going|take ...2 press|media|newspaper*|trustpilot|social_media
my bank ...3 reverse|refund|dispute
call|calling|contact|going|go|tell|involve|informing|inform ...3 police
police will
lawyer|solicitor|attorney|ombudsman
take|see ...1 you ...1 to|in court
legal action
sue you|the|this|your
will|gonna|going_to sue
report you|this|your
chargeback
consumer protection|rights
small claims
trading standards

[accusation]
scam|scams|scammer|scammers|scamming|scammed|fraudster|fraudsters|thieves|liar|liars|lying|lied|crooks|ripoff|rip_off|ripped_off|con_artist*|dishonest|cheat|cheaters|cheated|stole|thieving
you lie
robbed|conned|cheated|swindled|tricked me|us
ve|have|you robbed|conned|swindled
this|that|its|it_s|it_is|is|pure|total|clear|company|you ...1 fraud
you ...2 thief|crook|robbed|robbing
fake shop|company|seller|store

[anger]
cowboy|amateurs|amateur|imbeciles|morons|shocker|vile|repulsive|insult|insulted|despicable|inexcusable|unforgivable|unbelievable|incredulous|gobsmacked|beyond_belief|laughable|laughing_stock
got to|be ...1 joking
treat|treating|treated ...1 customers|people|us|me ...1 like
never in|have|had ...6 such|so|this
worst ...3 ever
lot of you
my money today|now|back
slap in
don_t_bother|do_not_bother
absolutely|completely|totally|utterly|beyond livid|fuming|furious|shocking|appalling|disgusted|awful
could not_care|care_less
ridiculous|unacceptable|disgusting|disgusted|outrageous|outraged|furious|livid|appalling|appalled|pathetic|terrible|horrible|awful|horrendous|atrocious|dreadful|disgrace|disgraceful|shameful|incompetent|incompetence|idiots|idiot|stupid|rubbish|garbage|trash|joke|nightmare|disaster|hate|hated|worst|shocking|abysmal|insulting|rude|diabolical|fuming|infuriating|enraged
fuck*|fucking|bullshit|shit|damn|bloody|wtf|hell|crap
angry|mad at|with
sick of|and_tired
fed up
had enough
enough is|of
never ...3 again
shame on
waste of
give|want|need|demand|return ...2 money ...1 back
where is my money|refund
where ...1 my money
kidding me
joking me
i demand
thanks for nothing
last time i|we ...2 buy|order|shop
ruined
how dare
avoid this|at_all|these
get lost
completely|absolutely|totally|utterly useless|unacceptable|ridiculous|wrong
what is wrong with you
stay away
clowns|clown|shambles|farce|fiasco|cowboys|muppets|useless_lot|charlatans
done with you|this|your
taking|take ...1 piss|mickey
having a laugh
what_a joke|shambles|mess|farce
never ...2 treated|experienced|seen ...2 so|such|this
refund now|immediately
dispute ...3 bank|card|paypal
leave ...2 reviews everywhere
beyond ...1 joke|disgrace
total|complete|absolute con|joke|mess|shambles|waste|fraud
do_not|don_t|dont buy|order ...1 here|from
beggars belief
no_one_cares|dont_care|don_t_care about ...1 customer*
excuses

[disappointment]
hopeless|inadequate|substandard|shoddy|careless|sloppy|confusing|tiresome|tedious|mediocre|underwhelming|unreliable|unreasonable|unfair|misleading|flimsy|tacky|dissappointed|dissapointed|dissapointing
would ...2 thought|expected|hoped
letting ...1 down
going|go|running ...1 round ...1 circles
not ...3 good_enough|worth|up_to
waste ...1 my time
supposed|meant ...2 be|arrive|come ...5 last|yesterday|week|ago|birthday
fed_up|fed_of|tired_of|bored_of
doesn_t|does_not|don_t look|feel|seem ...2 like
hoping|hoped for_better
disappointed|disappointing|disappointment|unhappy|dissatisfied|unsatisfied|upset|frustrated|frustrating|frustration|annoyed|annoying|poor|useless|unhelpful|unprofessional|ashamed|regret|worse|bad|badly|inconvenient|displeased|let_down|upsetting|unimpressed|mess|messed_up
not ...2 happy|satisfied|pleased|impressed|good_enough|acceptable|ok|okay|fair|amused|convinced|impressed
not what i|we ...1 asked|expected|ordered|paid|wanted
expected better|more
makes no sense
fobbed|brushed off
not ...2 answer|help
not really|exactly ...1 what|the
competent
let us|me|down ...1 again
doesn_t|does_not|didn_t|did_not|isn_t|is_not help|helping|helpful|answer|make_sense|good_enough
so difficult|hard|slow|complicated|long
not|isn_t|wasn_t|aren_t good|great|helpful|funny|right|fair
wrong ...1 again
again ...2 wrong|broken|late
unfortunately ...3 again
not the first

[impatience]
chasing|chased
get|got|getting back to_me|to_us
are you ...1 even|actually
by now
nobody|noone|no_one|nobody_can ...2 can|tell|know|explain|bother
ignoring|ignored|ignore
where is ...3 already|then
days|weeks ...1 later|late|overdue
hurry up
running late
still waiting|nothing|no|not|hasn_t|haven_t|havent|hasnt|isn_t|doesn_t|don_t|didn_t|does|broken|wrong|missing
how ...1 longer|long_will|long_do|long_must|many_times|much_longer
been waiting
waiting for|since ...3 day*|week*|month*|hour*|monday|forever|ages
it_s_been|its_been|it_has_been ...2 day|days|week|weeks|month|months
nobody|noone|no_one ...2 answer*|repl*|respon*|called|calls|help*|cares|there|tells|knows
anyone|anybody ...1 there|here|home|going|alive
is anyone|anybody
why is|does|has|are|do|did|can ...2 nobody|noone|no_one
impatient|impatience|urgent|urgently|hurry
want|need|demand|expect ...3 immediately|asap|right_now|answer_today|reply_today
answer today|now|me|please_answer
or what
so now what
seriously
hello hello
losing ...1 patience
running out
come on
any {news}
losing|lost|lose|out_of ...2 patience
so now|when|where|what
ok|okay but when|where|why
getting|going|gone nowhere
took ...1 day off
day off ...4 nobody|no_one|wasted
nobody|noone|no_one ...1 came|comes|showed|turned_up|bothered
told|promised ...2 48|24|hours|days|weeks|yesterday|monday|tuesday|wednesday|thursday|friday
promised ...4 call|refund|reply|answer|update
looking|doing|working|answering|listening ...4 or_not
sigh
any|some news|update yet
promised
was|were supposed_to
you said
too long
finally someone

[repeating]
explained|told|described|sent ...3 three|four|five|several|different|already|times|everyone
for_the|once_more|again_and fourth|fifth
go|going round_and
yet another
third|fourth|fifth|sixth|3rd|4th|5th|6th|second|2nd|hundredth|nth|umpteenth time|message|email|mail|call|attempt|broken|wrong|mug|plate|cup|one|item|parcel|delivery|person|agent|reply
three|four|five|six|several|many|so_many|hundred|thousand times
already told|said|asked|sent|explained|wrote|tried|answered|called|did|contacted|mentioned|gave|provided
asked|told|wrote|written|said|called|emailed ...3 yesterday|twice|times|before|already|days_ago|last_week|again_and
again_and_again|over_and_over|time_and_again|yet_again
once_again ...4 where|wrong|no|not|nobody|broken|nothing
keep|keeps ...1 saying|sending|asking|telling|repeating|getting|happening|breaking|failing
same ...1 answer|link|question|problem|thing|reply|response|issue
as i said
repeat myself
not what i asked
for the last time
how many times

[thanks]
thank|thanks|thx|cheers|great|perfect|lovely|wonderful|awesome|amazing|excellent|brilliant|fantastic|love|loved|beautiful|appreciate|appreciated|star|stars|happy|pleased|glad|no_problem|no_worries|good|nice|fine|helpful|delighted|impressed|satisfied
not bad
don_t_mind|dont_mind
nothing wrong
not a problem
never had ...1 trouble|problem*|issue*
no hurry|rush
my mistake|bad|fault
take your time

! daughter|son|wife|husband|kid|kids|child|dog|cat|he|she hates|hate|hated
! is it ...1 hard|difficult|complicated
! a little|bit worried
! is sick
! dumb bell*
! fine print
! second one|cup|plate|item|order|hand|half
! not bad
! shipping joke
! good for nothing
! no shame
! you said ...2 fine|ok
`
