import SluicePosting

extension TagColor {
    /// The colour as hexadecimal digits.
    var hexadecimal: String {
        switch self {
        case .blue: "#1E6FD9"
        case .blueLight: "#A9CCF7"
        case .gray: "#6B7280"
        case .grayLight: "#D1D5DB"
        case .green: "#2E8B57"
        case .greenLight: "#B2DFC4"
        case .orange: "#E07B1A"
        case .orangeLight: "#F8CFA3"
        case .pink: "#D6478B"
        case .pinkLight: "#F5BFD9"
        case .purple: "#7E4FC4"
        case .purpleLight: "#D3C1F0"
        case .red: "#D03B3B"
        case .redLight: "#F4B9B9"
        case .teal: "#168C8C"
        case .tealLight: "#A6DBDB"
        case .yellow: "#D9A800"
        case .yellowLight: "#F5E3A1"
        }
    }
}
