/** What the page between a stranger's link and its address says; `{0}` is the marketplace. */
export interface LeaveWords {
  title: string
  leads: string
  advice: string
  go: string
  stay: string
  closed: string
  unknown: string
  stopped: string
  blocked: string
}

export const leaveWords = {
  en: {
    title: 'You are leaving {0}',
    leads: 'This link was sent to you in a chat. It leads to',
    advice:
      'This site is not {0}. Pay nothing there that you would pay at {0}, and do not enter your password.',
    go: 'Continue',
    stay: 'Close this page',
    closed: 'You can close this tab now.',
    unknown: 'This address cannot be opened. Go back to the chat and ask for another one.',
    stopped: 'This link was stopped',
    blocked:
      '{0} does not allow links to this address, so it does not open from here. Go back to the chat and ask for another one.',
  },
  ar: {
    title: 'أنت تغادر {0}',
    leads: 'أُرسل إليك هذا الرابط في محادثة. وهو يؤدي إلى',
    advice: 'هذا الموقع ليس {0}. لا تدفع فيه ما كنت ستدفعه في {0}، ولا تُدخل كلمة مرورك.',
    go: 'متابعة',
    stay: 'إغلاق هذه الصفحة',
    closed: 'يمكنك الآن إغلاق هذا التبويب.',
    unknown: 'لا يمكن فتح هذا العنوان. عُد إلى المحادثة واطلب عنوانًا آخر.',
    stopped: 'تم إيقاف هذا الرابط',
    blocked: 'لا يسمح {0} بالروابط إلى هذا العنوان، ولذلك لا يُفتح من هنا. عُد إلى المحادثة واطلب عنوانًا آخر.',
  },
  de: {
    title: 'Sie verlassen {0}',
    leads: 'Dieser Link wurde Ihnen in einem Chat geschickt. Er führt zu',
    advice:
      'Diese Seite gehört nicht zu {0}. Bezahlen Sie dort nichts, was Sie bei {0} bezahlen würden, und geben Sie Ihr Passwort nicht ein.',
    go: 'Weiter',
    stay: 'Diese Seite schließen',
    closed: 'Sie können diesen Tab jetzt schließen.',
    unknown:
      'Diese Adresse kann nicht geöffnet werden. Gehen Sie zurück zum Chat und fragen Sie nach einer anderen.',
    stopped: 'Dieser Link wurde angehalten',
    blocked:
      '{0} lässt Links zu dieser Adresse nicht zu, deshalb öffnet sie sich von hier aus nicht. Gehen Sie zurück zum Chat und fragen Sie nach einer anderen.',
  },
  es: {
    title: 'Está saliendo de {0}',
    leads: 'Este enlace se le envió en un chat. Lleva a',
    advice: 'Este sitio no es {0}. No pague allí nada que pagaría en {0} ni introduzca su contraseña.',
    go: 'Continuar',
    stay: 'Cerrar esta página',
    closed: 'Ya puede cerrar esta pestaña.',
    unknown: 'Esta dirección no se puede abrir. Vuelva al chat y pida otra.',
    stopped: 'Este enlace se ha detenido',
    blocked:
      '{0} no permite enlaces a esta dirección, por eso no se abre desde aquí. Vuelva al chat y pida otra.',
  },
  fr: {
    title: 'Vous quittez {0}',
    leads: 'Ce lien vous a été envoyé dans un chat. Il mène à',
    advice:
      'Ce site n’est pas {0}. N’y payez rien que vous paieriez sur {0} et n’y saisissez pas votre mot de passe.',
    go: 'Continuer',
    stay: 'Fermer cette page',
    closed: 'Vous pouvez maintenant fermer cet onglet.',
    unknown: 'Cette adresse ne peut pas être ouverte. Revenez au chat et demandez-en une autre.',
    stopped: 'Ce lien a été arrêté',
    blocked:
      '{0} n’autorise pas les liens vers cette adresse, elle ne s’ouvre donc pas d’ici. Revenez au chat et demandez-en une autre.',
  },
  it: {
    title: 'Sta lasciando {0}',
    leads: 'Questo link le è stato inviato in una chat. Porta a',
    advice:
      'Questo sito non è {0}. Non paghi lì nulla che pagherebbe su {0} e non inserisca la sua password.',
    go: 'Continua',
    stay: 'Chiudi questa pagina',
    closed: 'Ora può chiudere questa scheda.',
    unknown: 'Questo indirizzo non può essere aperto. Torni alla chat e ne chieda un altro.',
    stopped: 'Questo link è stato fermato',
    blocked:
      '{0} non consente link a questo indirizzo, perciò da qui non si apre. Torni alla chat e ne chieda un altro.',
  },
  nl: {
    title: 'U verlaat {0}',
    leads: 'Deze link is u in een chat gestuurd. Hij leidt naar',
    advice:
      'Deze site is niet van {0}. Betaal daar niets wat u bij {0} zou betalen en voer uw wachtwoord niet in.',
    go: 'Doorgaan',
    stay: 'Deze pagina sluiten',
    closed: 'U kunt dit tabblad nu sluiten.',
    unknown: 'Dit adres kan niet worden geopend. Ga terug naar de chat en vraag om een ander.',
    stopped: 'Deze link is tegengehouden',
    blocked:
      '{0} staat geen links naar dit adres toe, daarom gaat het van hieruit niet open. Ga terug naar de chat en vraag om een ander.',
  },
  pl: {
    title: 'Opuszczasz {0}',
    leads: 'Ten link wysłano Ci na czacie. Prowadzi do',
    advice:
      'Ta strona nie należy do {0}. Nie płać tam za nic, za co zapłaciłbyś w {0}, i nie podawaj swojego hasła.',
    go: 'Dalej',
    stay: 'Zamknij tę stronę',
    closed: 'Możesz teraz zamknąć tę kartę.',
    unknown: 'Tego adresu nie można otworzyć. Wróć do czatu i poproś o inny.',
    stopped: 'Ten link został zatrzymany',
    blocked:
      '{0} nie pozwala na linki do tego adresu, dlatego stąd się nie otwiera. Wróć do czatu i poproś o inny.',
  },
  pt: {
    title: 'Está a sair de {0}',
    leads: 'Este link foi-lhe enviado num chat. Leva a',
    advice: 'Este site não é {0}. Não pague lá nada que pagaria em {0} nem introduza a sua palavra-passe.',
    go: 'Continuar',
    stay: 'Fechar esta página',
    closed: 'Já pode fechar este separador.',
    unknown: 'Este endereço não pode ser aberto. Volte ao chat e peça outro.',
    stopped: 'Esta ligação foi travada',
    blocked:
      '{0} não permite ligações para este endereço, por isso não se abre a partir daqui. Volte ao chat e peça outro.',
  },
  sv: {
    title: 'Du lämnar {0}',
    leads: 'Den här länken skickades till dig i en chatt. Den leder till',
    advice:
      'Den här sidan är inte {0}. Betala inget där som du skulle betala hos {0} och ange inte ditt lösenord.',
    go: 'Fortsätt',
    stay: 'Stäng den här sidan',
    closed: 'Du kan stänga fliken nu.',
    unknown: 'Den här adressen kan inte öppnas. Gå tillbaka till chatten och be om en annan.',
    stopped: 'Den här länken stoppades',
    blocked:
      '{0} tillåter inte länkar till den här adressen, därför öppnas den inte härifrån. Gå tillbaka till chatten och be om en annan.',
  },
} as const satisfies Record<string, LeaveWords>
