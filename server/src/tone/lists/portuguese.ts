export const portuguese = `
[threat]
queixa|reclamação
procon|advogado|advogada|polícia|processar|processo|deco|denunciar|denúncia|reclame_aqui|livro_de_reclamações|justiça|tribunal

[accusation]
golpe|golpistas|golpista|ladrões|ladrão|burla|burlões|fraude|mentiros*|mentira*|enganad*|roubo|roubad*|roubaram|vigaristas|enganar

[anger]
vergonhosos|inadmissível|intolerável|patético|miserável|revoltante|indecente|nojento
fazer|fazem|fazes ...1 de ...1 parvo|palhaço|idiota
vergonha|vergonhoso|vergonhosa|inaceitável|ridículo|ridícula|péssimo|péssima|horrível|absurdo|absurda|furioso|furiosa|revoltad*|indignad*|nojo|lixo|palhaçada|merda|porra|incompetent*|desastre|terrível|pior|odeio|farto|farta|raiva|descaso
nunca mais
meu dinheiro
dinheiro ...1 volta
chega
de saco_cheio
brincadeira|brincando com_a|comigo
só podem
gozar|gozam|gozando com
falta de_respeito
incapaz*|palhaços

[disappointment]
esperava mais|melhor
fraco|fraca|medíocre|lamentável
desapontad*|dececionad*|decepcionad*|decepção|insatisfeit*|chatead*|frustrad*|frustrante|triste|mau|má|ruim|descontente
não ...1 satisfeit*|contente|feliz|normal|gostei|aceitável|sério
não ajuda|resolve|adianta

[impatience]
ninguém ...2 sabe|diz|explica|dá
sem resposta|notícias|retorno
cansad* de
ainda à|a|não|nada|sem|esperando|aguardando
continua|continuo sem|à_espera|esperando|a
continua não
ninguém ...1 responde|atende|ajuda|me|liga
por_que ninguém
porque ninguém
quanto|até ...1 tempo|quando
há|faz ...2 semana*|dia*|mês|meses
urgente|imediatamente|impaciente
até quando
perd* ...2 paciência
há|alguma|alguma novidade*|notícia*|resposta
prometeram|prometido
cadê ...2 resposta

[repeating]
de_novo|outra_vez|mais_uma_vez
já ...1 escrevi|disse|falei|pedi|enviei|expliquei|mandei
terceira|quarta|segunda|enésima vez|mensagem
três|quatro|várias|mil vezes
sempre ...1 mesm*

[thanks]
obrigad*|perfeito|perfeita|ótimo|ótima|excelente|maravilhoso|adorei|legal|valeu|parabéns|bom|boa|adoro
sem problema*
tudo bem|certo
`
