export const french = `
[threat]
la_police|avocat|plainte|tribunal|justice|dgccrf|que_choisir|procès
porter plainte

[accusation]
arnaque*|arnaqueur*|voleur*|escroc*|escroquerie|menteur*|mensonge*|mentez|fraude|volé

[anger]
scandaleuse*|irrespectueux|irrespect|foutaises|inacceptables|médiocre*|aberrant|absurde|hallucinant|dégueulasse
prenez ...2 imbécile*|idiot*|con
inadmissible*|inacceptable*|scandaleux|scandaleuse|scandale|honte|honteux|honteuse|ridicule|furieux|furieuse|lamentable*|nul|nulle|nuls|catastrophe|catastrophique|horrible|affreux|dégoûté*|dégoûtant|merde|putain|incompétent*|pire|pitoyable|exécrable|colère|déteste|minable|foutage|insupportable|intolérable
en ai|avons marre|assez
ras_le bol
plus jamais|rien_acheter
jamais plus
moquez|foutez|fichez|payez de|du
n_importe quoi
bande d_incapables|de
incapable*|charlatan*|rigolo*|guignol*
manque de_respect
remboursé*|rembourser immédiatement|tout_de_suite|maintenant
ça suffit
c_est une_blague|du_vol
se moque

[disappointment]
insuffisant|décevante|bâclé|négligé|lent|lente|pas_à_la hauteur
je m_attendais
déçu*|décevant*|déception|mécontent*|insatisfait*|agaçant*|agacé*|énervé*|énervant|frustré*|frustrant|dommage|mauvais|mauvaise|inutile*|triste
pas ...1 satisfait*|content*|normal|acceptable|sérieux|correct|professionnel
ne_m|ne_nous aide*
n_aide pas

[impatience]
toujours|encore ...1 aucune|pas_de ...1 réponse|nouvelle*|colis
sans réponse|nouvelle
aucune réponse
toujours pas|rien|aucune
attend* toujours
toujours en_attente
combien_de temps|fois
personne ne
fait ...1 deux|trois|quatre|plusieurs|des ...1 semaines|jours|mois
ça_fait ...3 semaine*|jour*|mois
perd* ...2 patience
{news} = nouvelles|nouveau|réponse
avez_vous|des|aucune|toujours ...1 {news}
promis|promise
urgent|urgence|impatient*|enfin|vite
pourquoi ...1 personne
quand ...2 enfin
depuis ...2 semaine*|mois

[repeating]
encore_une fois
troisième|quatrième|deuxième|énième|seconde fois|message|mail
déjà ...1 dit|écrit|demandé|envoyé|expliqué|répondu|appelé
encore ...3 mauvais*|cassé*|faux
toujours ...1 même|pareil
je_répète|je_vous_répète

[thanks]
merci|parfait|super|génial|excellent|ravi*|adore|magnifique|bravo|top|agréable|content|contente
pas de souci|problème
pas mal|grave
`
