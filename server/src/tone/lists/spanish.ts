export const spanish = `
[threat]
denunciar|denuncia|denuncio|denunciaré|policía|abogado|abogada|consumo|reclamación|juicio|facua|profeco

[accusation]
estafa|estafador*|estafado*|ladrones|ladrón|mentiroso*|mentira*|fraude|timo|engaño|robo|robado|timadores|mienten

[anger]
panda|pandilla de
menuda|menudo
inadmisible|intolerable|bochornoso|patético|payasos|cutre
me tomáis|toman por
reíros|riendo|se_ríen de
vergüenza|vergonzoso|inaceptable|indignante|indignado*|ridículo|pésimo|pésima|fatal|horrible|asco|asqueroso|furioso|furiosa|enfadad*|sinvergüenza*|impresentable*|caradura*|incompetente*|inútiles|mierda|joder|inútiles|desastre|terrible|peor|lamentable|penoso|odio|incompetente*|harto|harta|hartos|cabreado|indignación
nunca más
mi dinero
devuelv* ...1 dinero
ya basta
basta ya
tomando_el pelo
es una_broma|increíble_que
tomadura de_pelo
falta de_respeto

[disappointment]
deficiente|esperaba|chapuza|lamentablemente
decepcionad*|decepcionante|decepción|insatisfech*|molest*|descontent*|frustrad*|frustrante|mal|mala|malo|triste|inútil
no ...1 contento|contenta|satisfecho|satisfecha|feliz|normal|serio|conforme|gusta
no_me|no_nos ayuda*|sirve

[impatience]
nadie ...1 sabe|dice|explica|da
sin respuesta|noticias
cansad* de
sigo|seguimos|sigue esperando|sin|igual
todavía|aún no|sin|estoy
aun no|sin
nadie ...1 contesta|responde|ayuda|atiende|me
por_qué nadie
cuánto|cuanto ...1 tiempo|más|falta|tarda
llevo|llevamos|hace ...2 semana*|día*|mes*|hora*
urgente|urgentemente|impaciente|inmediatamente
hasta cuándo
perd* ...2 paciencia
alguna|hay|alguna novedad*|noticia*
me|nos dijeron|prometieron
van ...1 días|semanas
prometi*
de una_vez
cuándo ...2 por_fin

[repeating]
otra_vez|de_nuevo|una_vez_más ...3 equivocad*|mal|rot*|no|lo_mismo|igual|mismo|color
otra_vez
tercera|cuarta|segunda|enésima vez
ya ...1 he|lo|les|dije|escribí|expliqué|escrito|pedí
tres|cuatro|cinco|varias|muchas veces
siempre ...1 mismo

[thanks]
gracias|perfecto|genial|excelente|estupendo|encantad*|fantástico|amable|maravilla|contento|bien|vale
no pasa_nada
ningún|sin problema
`
