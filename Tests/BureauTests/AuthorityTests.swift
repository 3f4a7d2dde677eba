import Bureau
import Commons
import Storage
import Testing
import Values
@testable import Kernel

/// 每项业务的共同约定，之三：权限。Every role before every act, at a real counter; the matrix is the only source of who may.
struct AuthorityTests {
    private func actor(_ role: Role, _ region: String) throws -> Actor {
        Actor(user: .make(at: Instant(secondsSince1970: 1)), name: "试办\(role.label)", role: role, region: try RegionCode(region))
    }

    private func answer(_ bureau: TrialBureau, _ action: AnyAction, _ values: RawFields, as actor: Actor) async -> (any Error)? {
        do {
            _ = try await bureau.counter.submit(Submission(action.permission, id: .make(at: bureau.clock.now()), values: values), as: actor)
            return nil
        } catch { return error }
    }

    @Test("岗位×事项：只有矩阵所列岗位进得了门，其余一律拒绝且不留痕")
    func onlyGrantedRolesPass() async throws {
        let trial = try await TrialBureau()
        for action in bureau.flatMap(\.actions) {
            #expect(!action.roles.isEmpty, "\(action.permission) 没有人可办")
            for role in Role.allCases {
                let refusal = await answer(trial, action, RawFields(["不存在": .typed("")]), as: try actor(role, "000181")) as? Refusal
                let isForbidden = refusal?.kind == .forbidden && refusal?.message.contains("您的岗位是\(role.label)") == true
                #expect(isForbidden == !action.roles.contains(role), "\(role.label) 办理 \(action.permission)：\(refusal?.message ?? "办成了")")
            }
        }
        #expect(try await trial.count("journal") == 0)
    }

    @Test("区域之外：新办的事项落在别人的辖区，一律拒绝且不留痕")
    func otherRegionsAreRefused() async throws {
        let trial = try await TrialBureau()
        for action in bureau.flatMap(\.actions) where action.outline["region"] != nil && action.subjectTerm == nil {
            var samples = SampleValues()
            var (values, _) = try samples.accepted(action.outline, by: action.reread)
            values["region"] = .stored(.text("000181001001"))
            for role in action.roles {
                let refusal = await answer(trial, action, values, as: try actor(role, "000182")) as? Refusal
                #expect(refusal?.kind == .forbidden && refusal?.message.contains("不在您的管辖范围内") == true, "\(action.permission)：\(refusal?.message ?? "办成了")")
            }
        }
        #expect(try await trial.count("journal") == 0)
    }

    @Test("不存在的对象：办不成，也不留痕")
    func absentSubjectsAreRefused() async throws {
        let trial = try await TrialBureau()
        for action in bureau.flatMap(\.actions) where action.subjectTerm != nil {
            var samples = SampleValues()
            let (values, _) = try samples.accepted(action.outline, by: action.reread)
            let role = try #require(action.roles.first)
            let error = await answer(trial, action, values, as: try actor(role, "000181"))
            #expect((error as? Refusal)?.kind == .absent, "\(action.permission)：\(error.map { "\($0)" } ?? "办成了")")
        }
        #expect(try await trial.count("journal") == 0)
    }

    /// What only the house itself does, as `Actor.house`, is given to the system administrator and refuses every person.
    /// Revealing a number changes nothing: it is how an auditor reads. Bringing a table and having it checked changes nothing either:
    /// the business lets it in. What leaves the house unmasked is a matter of security: the security administrator may grant it.
    @Test("三员分立：系统、安全、审计管理员不办业务")
    func administratorsHandleNoCases() {
        let ofSecurity: Set = ["exchange.approve-outbound-profile"]
        let administrators: Set<Role> = [.systemAdministrator, .securityAdministrator, .auditor]
        for action in bureau.filter({ $0.name != "users" }).flatMap(\.actions) where action.roles != [.systemAdministrator] && !ofSecurity.contains(action.permission) {
            let isBringing = action.line == "exchange" && !["confirm-import", "undo-import"].contains(action.name)
            let allowed: Set<Role> = action.permission == "people.reveal-identifiers" ? [.auditor] : isBringing ? [.systemAdministrator] : []
            #expect(action.roles.isDisjoint(with: administrators.subtracting(allowed)), "\(action.permission)")
        }
    }
}
