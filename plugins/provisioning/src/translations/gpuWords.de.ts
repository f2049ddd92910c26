import type { gpuWords } from '@fawkes/backstage-plugin-provisioning-common/gpu';

/** What is found about GPU hosts, in German, by code. */
export const gpuTextsDe: Record<keyof typeof gpuWords.texts, string> = {
  ARCH_UNSUPPORTED:
    'GPUs von {{vendor}} laufen nicht auf {{arch}}: Bitte einen Host mit anderer Architektur wählen',
  ARCH_TOOLKIT: '{{what}} gibt es nicht für {{arch}}',
  EXPERIMENTAL_FLAG_REQUIRED:
    '{{vendor}} auf {{arch}} ist experimentell: Die Plattformgruppe muss es zulassen',
  EXPERIMENTAL:
    '{{vendor}} auf {{arch}} ist experimentell und wurde zugelassen',

  AUTO_UNDEFINED:
    'Was der Host eines Containers teilt, ist hier nicht bekannt: Bitte das Verfahren nennen',
  AUTO_RESOLVED: 'auto ist hier {{method}}',

  SHARING_VENDOR:
    'Eine GPU von {{vendor}} lässt sich nicht mit {{method}} teilen',
  SHARING_ENVIRONMENT: '{{method}} geht nicht in {{environment}}',
  SHARING_CONFLICT: '{{one}} und {{other}} gehen auf einem Host nicht zusammen',
  BOARD_SHARING: 'Ein Jetson lässt sich nur mit time-slicing teilen',
  BINDING_CONFLICT:
    '{{method}} braucht den anderen Treiber: Die GPUs sind an {{binding}} gebunden',
  BINDING_ENVIRONMENT:
    'In {{environment}} gibt es kein vfio: Bitte an host binden',
  NO_MEMORY_ISOLATION:
    '{{method}} trennt den Speicher nicht: Einer kann den Speicher aller belegen',
  SET_BY_HOST:
    '{{method}} stellt der Host des Containers ein; hier wird es nur festgehalten',
  NO_GUEST:
    'Durchgereicht ohne Virtualisierung: Es gibt keinen Gast, der sie bekommt',

  MIG_BOARD:
    'Wie sich {{board}} teilen lässt, ist nicht bekannt: Bitte angeben, was nvidia-smi mig -lgipp auf dem Host sagt',
  BOARD_AMBIGUOUS:
    '{{model}} kann {{boards}} sein: Bitte die PCI-Kennung angeben',
  UNKNOWN_BOARD:
    '{{board}} lässt sich nicht partitionieren: Hier geht das nur mit der MI300X',
  MIG_LAYOUT:
    'MIG braucht eine Aufteilung: Bitte sagen, wie GPU {{gpu}} geteilt wird',
  MIG_EMPTY:
    'Auf GPU {{gpu}} ist MIG an, und es gibt keine Instanz: Niemand kann sie nutzen',
  GPU_TWICE: 'GPU {{gpu}} hat schon eine Aufteilung',
  GPU_UNKNOWN: 'Eine GPU {{gpu}} mit MIG gibt es hier nicht',
  UNKNOWN_PROFILE: '{{board}} hat kein Profil {{profile}}; es gibt {{known}}',
  COMPUTE_INSTANCE:
    '{{profile}} ist eine Compute-Instanz: Bitte {{within}} anfordern und danach teilen',
  INCONSISTENT_STATE:
    'Was auf GPU {{gpu}} liegen soll, kann nicht sein ({{profile}}): Bitte neu auslesen',
  MIG_ME:
    'Eine GPU hat ein Profil mit Media-Engines: {{profile}} ist eines zu viel',
  MIG_ME_ALL:
    '+me.all nimmt alle Decoder: Daneben gehen nur Profile mit -me, nicht {{profile}}',
  MIG_MAX: '{{count}} × {{profile}} angefordert, auf eine GPU gehen {{max}}',
  MIG_FRAGMENTED:
    'Auf GPU {{gpu}} ist Platz, aber in Stücken: Was da ist, müsste umziehen',
  MIG_DOES_NOT_FIT:
    'GPU {{gpu}} hat {{slices}} Compute-Slices und {{units}} Speichereinheiten; das braucht {{compute}} und {{memory}}',
  MIG_SINGLE_UNEQUAL:
    'Die Strategie single braucht überall dasselbe Profil, auf jeder GPU gleich',
  UNPROVEN_PLACEMENT:
    'Wo Instanzen auf {{board}} liegen, ist von Karten mit denselben Teilen abgeleitet; vor dem Teilen wird der Host gefragt',
  STALE_FACTS:
    'Was auf GPU {{gpu}} liegt, wurde vor {{minutes}} Minuten gelesen; vor dem Teilen wird es neu gelesen',

  'FACT_UNKNOWN.iommu':
    'Ob der Host eine IOMMU hat, ist noch nicht bekannt; vor dem Reservieren muss es das sein',
  'FACT_UNKNOWN.sriov':
    'Ob die GPUs SR-IOV können, ist noch nicht bekannt; vor dem Reservieren muss es das sein',
  'FACT_UNKNOWN.vfs':
    'Wie viele virtuelle Funktionen es gibt, ist noch nicht bekannt; vor dem Reservieren muss es das sein',
  'FACT_UNKNOWN.whole_gpu':
    'Ob der Gast eine ganze GPU hat, ist noch nicht bekannt; vor dem Reservieren muss es das sein',
  'FACT_UNKNOWN.framebuffer':
    'Der Speicher der Karte ist noch nicht bekannt; vor dem Reservieren muss er es sein',
  IOMMU: 'Der Host hat keine IOMMU: Eine GPU kann nicht weitergereicht werden',
  SRIOV_UNSUPPORTED: 'Der Host sagt, dass seine GPUs kein SR-IOV können',
  VF_COUNT:
    '{{wanted}} virtuelle Funktionen angefordert, {{there}} sind vorhanden',
  GUEST_DEVICE: 'Der Gast hat keine ganze GPU: MIG braucht eine',
  LICENCE_SERVER: 'vGPU braucht einen Lizenzserver (host:port)',
  VGPU_SPEC: 'Bitte angeben, welcher vGPU-Typ, und wie viele',
  VGPU_UNKNOWN:
    'Der Speicher von {{type}} steht nicht im Namen; er wird nicht geprüft',
  VGPU_FRAMEBUFFER:
    '{{count}} × {{type}} brauchen {{wanted}} MiB, die Karte hat {{there}} MiB',
  SRIOV_VGPU:
    'Virtuelle Funktionen von NVIDIA tragen vGPUs: Vor dem Reservieren braucht es einen Lizenzserver',
  TIME_SLICING_REPLICAS:
    'time-slicing nimmt 2 bis 48 Replikate, nicht {{replicas}}',
  TIME_SLICING_MANY:
    '{{replicas}} wechseln sich auf einer GPU ab: Jeder wartet auf alle anderen',
  MPS_CLIENTS: 'MPS nimmt 1 bis {{most}} Clients, nicht {{clients}}',
  MPS_ONE_CLIENT: 'MPS mit einem Client teilt nichts',
  AMD_PARTITIONS: 'Bitte angeben, wie die GPUs partitioniert werden',
  AMD_NPS4_NEEDS_CPX: 'NPS4 geht nur mit CPX, nicht mit {{compute}}',
  AMD_NPS_MIX: 'Alle GPUs eines Hosts haben denselben Speichermodus',
  AMD_COMPUTE_MIXED: 'Die GPUs eines Hosts sind verschieden partitioniert',
  AMD_MODE:
    'Die MI300X kann SPX oder CPX mit NPS1 und CPX mit NPS4, nicht {{mode}}',
  AMD_SUM:
    '{{assigned}} partitioniert und {{skipped}} ausgelassen sind nicht die {{gpus}} GPUs der Gruppe',
};
