// swift-tools-version: 6.1
import PackageDescription

/// The business lines, in the order of the menu. A new line is one name here, one folder and one entry in `Bureau`.
let lines = ["PlaceNames", "Assistance", "ElderAllowance", "Planning"]

/// What a line needs besides the house.
let besides: [String: [Target.Dependency]] = ["Planning": ["Reading"]]

let package = Package(
    name: "minzheng",
    products: [],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CXlsx", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CCairo", pkgConfig: "pangocairo", providers: [.apt(["libcairo2-dev", "libpango1.0-dev"])]),
        .systemLibrary(name: "CPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CPoppler", pkgConfig: "poppler-glib", providers: [.apt(["libpoppler-glib-dev"])]),

        .target(name: "Values"),
        .target(name: "Reading", dependencies: ["Values"]),
        .target(name: "Pages", dependencies: ["Values"]),
        .target(name: "Pictures", dependencies: ["CTurboJPEG", "CPNG"]),
        .target(name: "Cryptography", dependencies: ["COpenSSL", "CArgon2"]),
        .target(name: "Storage", dependencies: ["Values"]),
        .target(name: "SQLiteStorage", dependencies: ["Storage", "CSQLite", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift")]),
        .target(name: "PostgresStorage", dependencies: ["Storage", "CPQ"]),
        .target(name: "Documents", dependencies: ["Values", "Pages", "CXlsx", "CQRencode", "CCairo", "CZip", "CPoppler", .product(name: "Yams", package: "Yams")]),
        .target(name: "Kernel", dependencies: ["Values", "Cryptography", "Storage", "Pages"]),
        .target(name: "Moving", dependencies: ["Values", "Cryptography", "Storage", "Kernel"]),
        .target(name: "Commons", dependencies: ["Kernel", "Pictures"]),
        .target(name: "Bureau", dependencies: ["Kernel", "Commons"] + lines.map { .init(stringLiteral: $0) }),
        .target(name: "Demo", dependencies: ["Values", "Cryptography", "Storage", "Kernel", "Commons"]),
        .target(name: "Web", dependencies: [
            "Values", "Cryptography", "Storage", "Pages", "Documents", "Kernel", "Commons",
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdCore", package: "hummingbird"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ]),
        .target(name: "Bench", dependencies: ["Values", "Reading", "Cryptography", "Storage", "SQLiteStorage", "Moving", "Kernel", "Commons", "Demo"]),
        .target(name: "Terminal", dependencies: [
            "Values", "Cryptography", "Storage", "SQLiteStorage", "PostgresStorage", "Moving", "Documents", "Reading", "Kernel", "Commons", "Demo", "Web", "Bench",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]),
        .executableTarget(name: "minzheng", dependencies: ["Bureau", "Terminal"]),

        .target(name: "TestSupport", dependencies: ["Storage", "SQLiteStorage", "PostgresStorage"], path: "Tests/Support"),
        .testTarget(name: "ValuesTests", dependencies: ["Values"]),
        .testTarget(name: "ReadingTests", dependencies: ["Reading"]),
        .testTarget(name: "PagesTests", dependencies: ["Pages"]),
        .testTarget(name: "PicturesTests", dependencies: ["Pictures"]),
        .testTarget(name: "BureauTests", dependencies: ["Bureau", "Demo", "SQLiteStorage", "TestSupport"]),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography"]),
        .testTarget(name: "StorageTests", dependencies: ["Storage", "SQLiteStorage", "PostgresStorage", "TestSupport"]),
        .testTarget(name: "MovingTests", dependencies: ["Moving", "Bench", "Bureau", "Web", "SQLiteStorage", "TestSupport"]),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Pages"]),
        .testTarget(name: "KernelTests", dependencies: ["Kernel", "SQLiteStorage", "TestSupport"]),
        .testTarget(name: "CommonsTests", dependencies: ["Commons", "Pictures", "SQLiteStorage", "TestSupport"]),
        .testTarget(name: "WebTests", dependencies: [
            "Web", "Bureau", "Demo", "Cryptography", "Pictures", "SQLiteStorage", "TestSupport", .product(name: "HummingbirdTesting", package: "hummingbird"),
        ]),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal", "Bench", "Documents", "Reading", "Bureau", "SQLiteStorage", "TestSupport"]),
        .testTarget(name: "SafetyTests", dependencies: [
            "Terminal", "Web", "Bureau", "Moving", "Pictures", "SQLiteStorage", "TestSupport", .product(name: "HummingbirdTesting", package: "hummingbird"),
            .product(name: "Logging", package: "swift-log"),
        ]),
    ] + lines.flatMap { line -> [Target] in
        [
            .target(name: line, dependencies: ["Values", "Storage", "Pages", "Kernel", "Commons"] + besides[line, default: []], path: "Sources/Lines/\(line)"),
            .testTarget(name: "\(line)Tests", dependencies: [.init(stringLiteral: line), "SQLiteStorage", "TestSupport"] + besides[line, default: []], path: "Tests/Lines/\(line)Tests"),
        ]
    },
    swiftLanguageModes: [.v6]
)
